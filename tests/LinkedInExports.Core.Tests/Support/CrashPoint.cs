namespace LinkedInExports.Core.Tests.Support;

/// <summary>
/// The end of a process at one of its steps. Each effect outside the process is a step. The given step throws, and so do all
/// later ones, without an effect on the disk or the network.
/// </summary>
internal sealed class CrashPoint(int at) : IDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _source = new();
    private int _steps;

    /// <summary>The number of completed steps.</summary>
    internal int Steps
    {
        get
        {
            lock (_gate)
                return _steps;
        }
    }

    /// <summary>Whether the process ended before its work did.</summary>
    internal bool HasHappened => _source.IsCancellationRequested;

    /// <summary>Ends the waiting of an ended process, which only shortens the test.</summary>
    internal CancellationToken Token => _source.Token;

    internal void Step()
    {
        lock (_gate)
        {
            if (_source.IsCancellationRequested || ++_steps >= at)
            {
                _source.Cancel();
                throw new CrashException();
            }
        }
    }

    public void Dispose() => _source.Dispose();

    /// <summary>
    /// Ends a run at its first step, the next one at its second, and so on, until a run completes all of its steps.
    /// </summary>
    /// <returns>The number of runs that were ended.</returns>
    internal static async Task<int> AtEachStepAsync(Func<CrashPoint, Task> run)
    {
        for (int step = 1; ; step++)
        {
            using var cut = new CrashPoint(step);
            await run(cut);
            if (!cut.HasHappened)
                return step - 1;
        }
    }

    /// <summary>Runs the process and ignores its exceptions, as its user would not see them.</summary>
    internal async Task RunAsync(Func<Task> process)
    {
        try
        {
            await process();
        }
        catch (Exception) when (HasHappened)
        {
            // The process has ended.
        }
    }
}

/// <summary>Not an exception that the product handles as a failure of the disk or the network.</summary>
internal sealed class CrashException() : Exception("The process has ended.");
