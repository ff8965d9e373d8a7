using System.ComponentModel;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Infrastructure;

/// <summary>
/// A command whose work goes on in the background while its pipeline still delivers input, and whose results flow out as
/// they come.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class BackgroundCommand : ConnectedCommand
{
    private MessagePump? _pump;

    /// <summary>Starts the work, once.</summary>
    private protected void StartWork(Func<ICommandOutput, CancellationToken, Task> work) =>
        _pump ??= MessagePump.Start(work, IsVerboseOrDebugEnabled, CancelToken);

    /// <summary>Outputs what is there.</summary>
    private protected void DrainWork() => CaptureError(() => _pump?.Drain(Output));

    /// <summary>Outputs everything until the work has ended.</summary>
    private protected void FinishWork() => CaptureError(() => _pump?.Complete(Output));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _pump?.Dispose();
        base.Dispose(disposing);
    }
}
