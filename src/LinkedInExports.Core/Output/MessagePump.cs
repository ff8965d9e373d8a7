using System.Collections.Concurrent;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Output;

/// <summary>
/// Runs work in the background and repeats what it says on the thread of the caller, in the order in which it was
/// said: PowerShell takes output from the pipeline's own thread only.
/// </summary>
/// <remarks>
/// <para>Results that nobody takes hold the workers back; words do not, and those that nobody asked for are not kept at all.
/// Progress does not queue: the newest is shown, at most four times a second,
/// and not before a second has passed.</para>
/// <para>When the receiver throws (the pipeline was stopped, or the user asked to stop on errors) or the stop token
/// fires, the work is cancelled and waited for, briefly, and what it still says is dropped.</para>
/// </remarks>
public sealed class MessagePump : IDisposable
{
    /// <summary>How long a stopped pump waits for the work to clean up. PowerShell's prompt must be back within a second.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(700);

    private const int Capacity = 1024;

    private readonly BlockingCollection<Message> _queue = new();
    private readonly SemaphoreSlim _outputCapacity = new(Capacity, Capacity);
    private readonly bool _includeDetails;
    private readonly CancellationTokenSource _cancel;
    private readonly ProgressThrottle _throttle;
    private readonly Task _work;
    private ProgressUpdate? _newestProgress;
    private ProgressUpdate? _reportedProgress;

    private MessagePump(Func<ICommandOutput, CancellationToken, Task> work, bool includeDetails, TimeProvider time, CancellationToken cancellationToken)
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
            CancellationToken.None);
    }

    /// <summary>Starts the work.</summary>
    /// <param name="work">Gets where to speak to, and a token that fires when nobody listens any more.</param>
    /// <param name="includeDetails">Whether anybody wants to hear verbose and debug messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static MessagePump Start(Func<ICommandOutput, CancellationToken, Task> work, bool includeDetails, CancellationToken cancellationToken) =>
        new(work, includeDetails, TimeProvider.System, cancellationToken);

    /// <summary>Starts the work, with another clock for the pace of progress.</summary>
    internal static MessagePump Start(
        Func<ICommandOutput, CancellationToken, Task> work, TimeProvider time, CancellationToken cancellationToken) => new(work, includeDetails: true, time, cancellationToken);

    /// <summary>Repeats what has been said so far and returns at once.</summary>
    /// <exception cref="OperationCanceledException">The stop token has fired.</exception>
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

    /// <summary>Repeats everything until the work has ended; then throws what the work threw, if it did.</summary>
    /// <exception cref="OperationCanceledException">The stop token has fired.</exception>
    public void Complete(ICommandOutput receiver)
    {
        try
        {
            while (!_queue.IsCompleted)
            {
                if (_queue.TryTake(out Message message, (int)ProgressThrottle.Interval.TotalMilliseconds, _cancel.Token))
                    Deliver(message, receiver);
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

    /// <summary>Cancels the work if it still runs, and waits for it, briefly.</summary>
    public void Dispose()
    {
        CancelAndWait();
        if (!_work.IsCompleted)
            return; // It holds the token and the queue to its end; the collector takes them then.

        _cancel.Dispose();
        _queue.Dispose();
        _outputCapacity.Dispose();
    }

    private void CancelAndWait()
    {
        if (_work.IsCompleted)
            return;

        _cancel.Cancel();
        // Not Wait(): how the work ended does not matter any more, only that it did.
        Task.WaitAny([_work], StopTimeout);
    }

    private void Deliver(Message message, ICommandOutput receiver)
    {
        if (message.To == Message.Stream.Output)
            _outputCapacity.Release();
        message.DeliverTo(receiver);
    }

    private void ShowProgress(ICommandOutput receiver)
    {
        ProgressUpdate? newest = Volatile.Read(ref _newestProgress);
        if (newest is null || newest == _reportedProgress || !_throttle.ShouldReport(newest))
            return;

        _reportedProgress = newest;
        receiver.Progress(newest);
    }

    /// <summary>The workers' end.</summary>
    private sealed class QueueWriter(MessagePump pump, CancellationToken cancellationToken) : ICommandOutput
    {
        public void Output(object value) => Enqueue(Message.Stream.Output, value);

        public void Error(LinkedInException error) => Enqueue(Message.Stream.Error, error);

        public void Warning(SanitizedText text) => Enqueue(Message.Stream.Warning, text);

        public void Verbose(SanitizedText text) => EnqueueDetail(Message.Stream.Verbose, text);

        public void Debug(SanitizedText text) => EnqueueDetail(Message.Stream.Debug, text);

        public void Progress(ProgressUpdate update) => Volatile.Write(ref pump._newestProgress, update);

        private void EnqueueDetail(Message.Stream to, SanitizedText text)
        {
            if (pump._includeDetails)
                Enqueue(to, text);
        }

        private void Enqueue(Message.Stream to, object content)
        {
            try
            {
                if (to == Message.Stream.Output)
                    pump._outputCapacity.Wait(cancellationToken);
                pump._queue.Add(new Message(to, content), cancellationToken);
            }
            catch (InvalidOperationException) when (pump._work.IsCompleted)
            {
                // The work has ended and nobody listens: a straggler's words are dropped.
            }
        }
    }
}
