using System.Collections.Concurrent;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Output;

/// <summary>
/// Runs an operation in the background and delivers its results and diagnostics on the thread of the caller, in their
/// order. PowerShell accepts output only from the thread of the pipeline.
/// </summary>
/// <remarks>
/// <para>Results and errors that are not delivered yet block the operation; other diagnostics do not. Verbose and debug
/// messages are dropped if they were not requested. Progress is not queued: the newest update is shown, at most four times a
/// second, and not in the first second.</para>
/// <para>If the receiver throws (for example because the pipeline was stopped) or the token is canceled, the operation is
/// canceled. The pump waits for its end for a short time, and drops its further output.</para>
/// </remarks>
public sealed class MessagePump : IDisposable
{
    /// <summary>
    /// The time that a stopped pump waits for the operation to clean up. The prompt must return within a second.
    /// </summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(700);

    private const int Capacity = 1024;

    private readonly BlockingCollection<Message> _queue = new();
    private readonly SemaphoreSlim _capacity = new(Capacity, Capacity);
    private readonly bool _includeDetails;
    private readonly CancellationTokenSource _cancel;
    private readonly ProgressThrottle _throttle;
    private readonly Task _work;
    private ProgressUpdate? _newestProgress;
    private ProgressUpdate? _reportedProgress;

    private MessagePump(
        Func<ICommandOutput, CancellationToken, Task> work,
        bool includeDetails,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        _includeDetails = includeDetails;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _throttle = new ProgressThrottle(time);
        CancellationToken token = _cancel.Token;
        _work = Task.Run(
            async () =>
            {
                try
                {
                    await work(new QueueWriter(this, token), token).ConfigureAwait(false);
                }
                finally
                {
                    _queue.CompleteAdding();
                }
            },
            CancellationToken.None
        );
    }

    /// <summary>Starts an operation that returns a stream of results.</summary>
    /// <param name="operation">Creates the stream.</param>
    /// <param name="includeDetails">Whether verbose and debug messages are requested.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static MessagePump Start<T>(
        Func<IDiagnostics, CancellationToken, IAsyncEnumerable<T>> operation,
        bool includeDetails,
        CancellationToken cancellationToken
    )
        where T : notnull =>
        Start(
            async (output, token) =>
            {
                await foreach (T result in operation(output, token).WithCancellation(token).ConfigureAwait(false))
                    output.Output(result);
            },
            includeDetails,
            cancellationToken
        );

    /// <summary>Starts an operation that outputs results itself, or has none.</summary>
    /// <param name="work">The operation. Its token is also canceled when the pump is disposed of.</param>
    /// <param name="includeDetails">Whether verbose and debug messages are requested.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static MessagePump Start(
        Func<ICommandOutput, CancellationToken, Task> work,
        bool includeDetails,
        CancellationToken cancellationToken
    ) => new(work, includeDetails, TimeProvider.System, cancellationToken);

    /// <summary>Starts an operation, with a clock for the throttling of progress.</summary>
    internal static MessagePump Start(
        Func<ICommandOutput, CancellationToken, Task> work,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => new(work, includeDetails: true, time, cancellationToken);

    /// <summary>Delivers the queued messages and returns.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public void Drain(ICommandOutput receiver)
    {
        try
        {
            _cancel.Token.ThrowIfCancellationRequested();
            while (_queue.TryTake(out Message message))
                Deliver(message, receiver);
            ShowProgress(receiver);
        }
        catch
        {
            CancelAndWait();
            throw;
        }
    }

    /// <summary>Delivers everything until the operation has ended, and throws its exception.</summary>
    /// <param name="receiver">Receives the messages.</param>
    /// <param name="whileWaiting">Runs about four times a second while no result is delivered.</param>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public void Complete(ICommandOutput receiver, Action? whileWaiting = null)
    {
        try
        {
            while (!_queue.IsCompleted)
            {
                if (_queue.TryTake(out Message message, (int)ProgressThrottle.Interval.TotalMilliseconds, _cancel.Token))
                    Deliver(message, receiver);
                else
                    whileWaiting?.Invoke();
                ShowProgress(receiver);
            }

            if (_reportedProgress is not null)
                receiver.Progress(Volatile.Read(ref _newestProgress)! with { Completed = true });
        }
        catch
        {
            CancelAndWait();
            throw;
        }

        _work.GetAwaiter().GetResult();
    }

    /// <summary>Cancels the operation if it is running, and waits for its end for a short time.</summary>
    public void Dispose()
    {
        CancelAndWait();
        if (!_work.IsCompleted)
            return; // The operation uses the token and the queue until it ends.

        _cancel.Dispose();
        _queue.Dispose();
        _capacity.Dispose();
    }

    private void CancelAndWait()
    {
        if (_work.IsCompleted)
            return;

        _cancel.Cancel();
        // Not Wait(), which throws the exception of the operation.
        Task.WaitAny([_work], StopTimeout);
    }

    private void Deliver(Message message, ICommandOutput receiver)
    {
        if (message.IsLimited)
            _capacity.Release();
        message.DeliverTo(receiver);
    }

    private void ShowProgress(ICommandOutput receiver)
    {
        ProgressUpdate? newest = Volatile.Read(ref _newestProgress);
        if (newest is null || (newest == _reportedProgress && newest.Refresh is null) || !_throttle.ShouldReport(newest))
            return;

        newest = newest.Refresh?.Invoke() ?? newest;
        if (newest == _reportedProgress)
            return; // A clock shows the same second.
        _reportedProgress = newest;
        receiver.Progress(newest);
    }

    /// <summary>Writes the output of the operation to the queue.</summary>
    private sealed class QueueWriter(MessagePump pump, CancellationToken cancellationToken) : ICommandOutput
    {
        public bool IncludesDetails => pump._includeDetails;

        public void Output(object value) => Enqueue(Message.Stream.Output, value);

        public void Error(LinkedInException error) => Enqueue(Message.Stream.Error, error);

        public void Warning(SanitizedText text) => Enqueue(Message.Stream.Warning, text);

        public void Verbose(SanitizedText text) => EnqueueDetail(Message.Stream.Verbose, text);

        public void Debug(SanitizedText text) => EnqueueDetail(Message.Stream.Debug, text);

        public void Progress(ProgressUpdate update) => Volatile.Write(ref pump._newestProgress, update);

        private void EnqueueDetail(Message.Stream to, SanitizedText text)
        {
            if (IncludesDetails)
                Enqueue(to, text);
        }

        private void Enqueue(Message.Stream to, object content)
        {
            var message = new Message(to, content);
            try
            {
                // Ends when the receiver stops. The thread that delivers messages has the receiver and never waits here.
                if (message.IsLimited)
                    pump._capacity.Wait(cancellationToken);
                pump._queue.Add(message, cancellationToken);
            }
            catch (InvalidOperationException) when (pump._work.IsCompleted)
            {
                // A late call after the operation has ended.
            }
        }
    }
}
