using System.ComponentModel;
using LinkedInExports.Core.Telemetry;

namespace LinkedInExports.Infrastructure;

/// <summary>The span of a run. The commands of its thread are children of it. It is used by module/runbooks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RunbookSpan : IDisposable
{
    private readonly CommandScope _scope;
    private readonly IDisposable _entry;

    private RunbookSpan(CommandScope scope) => (_scope, _entry) = (scope, scope.Enter());

    /// <summary>Starts the span.</summary>
    /// <param name="runbook">The name of the runbook.</param>
    /// <param name="elapsed">The time for which it has been running.</param>
    public static RunbookSpan Start(string runbook, TimeSpan elapsed)
    {
        var span = new RunbookSpan(new CommandScope(runbook, elapsed));
        new CommandScope("Import-Module", elapsed).Dispose(); // Until now, which is most of the time before the first command.
        return span;
    }

    /// <summary>Ends the span.</summary>
    /// <param name="errorId">The id of the first error, or an empty string.</param>
    public void Complete(string errorId)
    {
        if (errorId.Length > 0)
            _scope.Fail(errorId);
        Dispose();
    }

    /// <summary>Ends the span.</summary>
    public void Dispose()
    {
        _entry.Dispose();
        _scope.Dispose();
    }
}
