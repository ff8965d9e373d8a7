namespace LinkedInExports.Core.Tests.Support;

/// <summary>
/// The end of a process at one of its steps. Everything that has an effect outside the process counts as steps; at the
/// given one it throws, and from then on each throws and does nothing: to the disk and the network the process is gone.
/// </summary>
internal sealed class CrashPoint(int at) : IDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _source = new();
    private int _steps;

    /// <summary>How many steps were taken.</summary>
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

    /// <summary>Ends the waiting of a process that is gone, which changes nothing but the time that a test takes.</summary>
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
    /// Cuts at the first step, the second, and so on, until a run gets through without. What each run does after its cut is
    /// its own business.
    /// </summary>
    /// <returns>How many runs were cut.</returns>
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

    /// <summary>Runs what is to be cut; how it ends does not matter, nobody is there to see it.</summary>
    internal async Task RunAsync(Func<Task> process)
    {
        try
        {
            await process();
        }
        catch (Exception) when (HasHappened)
        {
            // The process is gone.
        }
    }
}

/// <summary>Nothing that the product could catch for a failure of the disk or of the network.</summary>
internal sealed class CrashException() : Exception("The process is gone.");
