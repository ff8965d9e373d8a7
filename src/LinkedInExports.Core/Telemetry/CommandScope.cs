namespace LinkedInExports.Core.Telemetry;

/// <summary>
/// The span and the totals of a command. They are current only while the command starts work, and not while its pipeline runs
/// other commands, whose spans would become its children.
/// </summary>
public sealed class CommandScope : IDisposable
{
    private readonly TraceSpan _span;
    private bool _hasFailed;

    /// <summary>Starts the span of a command, as a child of the current span of the caller.</summary>
    /// <param name="command">The name of the command.</param>
    /// <param name="elapsed">The time for which the command has been running.</param>
    public CommandScope(string command, TimeSpan elapsed = default) =>
        _span = TraceSpan.StartDetached(command).WithElapsed(elapsed);

    /// <summary>The totals of the command.</summary>
    public CommandTotals Totals { get; } = new();

    /// <summary>Makes the command the current one of this thread until the result is disposed on the same thread.</summary>
    public Entry Enter() => new(this);

    /// <summary>Records the first error of the command.</summary>
    public void Fail(LinkedInException failure) => Fail(failure.Id.ToString());

    /// <summary>Records the first error of the command.</summary>
    /// <param name="errorId">The id of the error.</param>
    public void Fail(string errorId)
    {
        if (!_hasFailed)
            _span.Fail(errorId);
        _hasFailed = true;
    }

    /// <summary>Ends the span.</summary>
    public void Dispose() => _span.Dispose();

    /// <summary>Restores the current command of a thread.</summary>
    public readonly struct Entry : IDisposable
    {
        private readonly TraceSpan.Scope _span;
        private readonly CommandTotals? _totals;

        internal Entry(CommandScope command)
        {
            _span = command._span.Enter();
            _totals = CommandTotals.Current;
            CommandTotals.Current = command.Totals;
        }

        /// <summary>Makes the previous command the current one.</summary>
        public void Dispose()
        {
            CommandTotals.Current = _totals;
            _span.Dispose();
        }
    }
}
