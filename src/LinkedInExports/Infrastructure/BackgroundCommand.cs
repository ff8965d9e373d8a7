using System.ComponentModel;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Infrastructure;

/// <summary>
/// A command whose operation runs in the background while the pipeline delivers more input. Results are output as soon as
/// they are available.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class BackgroundCommand<TInput, TOutput> : ConnectedCommand
    where TOutput : notnull
{
    private readonly InputBuffer<TInput> _input = new();
    private MessagePump? _pump;

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (TInput item in GetInput())
        {
            _input.Add(item);
            _pump ??= StartPump((diagnostics, token) => ProcessAsync(_input.ReadAllAsync(), diagnostics, token));
        }

        CaptureError(() => _pump?.Drain(Output));
    }

    private protected sealed override void OnEnd()
    {
        _input.CompleteAdding();
        Action? whileWaiting = SendsHeartbeats() ? () => WriteObject(Array.Empty<TOutput>(), enumerateCollection: false) : null;
        CaptureError(() => _pump?.Complete(Output, whileWaiting));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _pump?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Whether the next command expects heartbeats, and no variable would receive them.</summary>
    private bool SendsHeartbeats() =>
        PipelineNeighbor.GetNextCommand(this) is IHeartbeatReceiver<TOutput>
        && !MyInvocation.BoundParameters.ContainsKey("OutVariable")
        && !MyInvocation.BoundParameters.ContainsKey("PipelineVariable");

    /// <summary>Returns the items of the current pipeline object that the user wants to process.</summary>
    private protected abstract IEnumerable<TInput> GetInput();

    /// <summary>Starts the operation. It is called once, when there is input.</summary>
    private protected abstract IAsyncEnumerable<TOutput> ProcessAsync(
        IAsyncEnumerable<TInput> input,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    );
}
