using System.Collections.Concurrent;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Messages;

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
    public static readonly TimeSpan StopPatience = TimeSpan.FromMilliseconds(700);

    private const int Capacity = 1024;

    private readonly BlockingCollection<Message> _queue = new();
    private readonly SemaphoreSlim _outputRoom = new(Capacity, Capacity);
    private readonly bool _withDetails;
    private readonly CancellationTokenSource _cancel;
    private readonly ProgressPace _pace;
    private readonly Task _work;
    private ProgressUpdate? _newestProgress;
    private ProgressUpdate? _shownProgress;

    private MessagePump(Func<IMessages, CancellationToken, Task> work, bool withDetails, TimeProvider time, CancellationToken stop)
    {
        _withDetails = withDetails;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _pace = new ProgressPace(time);
        CancellationToken token = _cancel.Token;
        _work = Task.Run(
            async () =>
            {
                try
                {
                    await work(new Inlet(this, token), token).ConfigureAwait(false);
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
    /// <param name="withDetails">Whether anybody wants to hear verbose and debug messages.</param>
    /// <param name="stop">Fires when the user wants out.</param>
    public static MessagePump Start(Func<IMessages, CancellationToken, Task> work, bool withDetails, CancellationToken stop) =>
        new(work, withDetails, TimeProvider.System, stop);

    /// <summary>Starts the work, with another clock for the pace of progress.</summary>
    internal static MessagePump Start(
        Func<IMessages, CancellationToken, Task> work, TimeProvider time, CancellationToken stop) => new(work, withDetails: true, time, stop);

    /// <summary>Repeats what has been said so far and returns at once.</summary>
    /// <exception cref="OperationCanceledException">The stop token has fired.</exception>
    public void Drain(IMessages receiver)
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
            Abandon();
            throw;
        }
    }

    /// <summary>Repeats everything until the work has ended; then throws what the work threw, if it did.</summary>
    /// <exception cref="OperationCanceledException">The stop token has fired.</exception>
    public void Complete(IMessages receiver)
    {
        try
        {
            while (!_queue.IsCompleted)
            {
                if (_queue.TryTake(out Message message, (int)ProgressPace.Interval.TotalMilliseconds, _cancel.Token))
                    Deliver(message, receiver);
                ShowProgress(receiver);
            }

            if (_shownProgress is not null)
                receiver.Progress(Volatile.Read(ref _newestProgress)! with { Completed = true });
        }
        catch
        {
            Abandon();
            throw;
        }

        _work.GetAwaiter().GetResult();
    }

    /// <summary>Cancels the work if it still runs, and waits for it, briefly.</summary>
    public void Dispose()
    {
        Abandon();
        if (!_work.IsCompleted)
            return; // It holds the token and the queue to its end; the collector takes them then.

        _cancel.Dispose();
        _queue.Dispose();
        _outputRoom.Dispose();
    }

    private void Abandon()
    {
        if (_work.IsCompleted)
            return;

        _cancel.Cancel();
        // Not Wait(): how the work ended does not matter any more, only that it did.
        Task.WaitAny([_work], StopPatience);
    }

    private void Deliver(Message message, IMessages receiver)
    {
        if (message.To == Message.Stream.Output)
            _outputRoom.Release();
        message.DeliverTo(receiver);
    }

    private void ShowProgress(IMessages receiver)
    {
        ProgressUpdate? newest = Volatile.Read(ref _newestProgress);
        if (newest is null || newest == _shownProgress || !_pace.IsDue(newest))
            return;

        _shownProgress = newest;
        receiver.Progress(newest);
    }

    /// <summary>The workers' end.</summary>
    private sealed class Inlet(MessagePump pump, CancellationToken cancellation) : IMessages
    {
        public void Output(object value) => Say(Message.Stream.Output, value);

        public void Error(LinkedInException error) => Say(Message.Stream.Error, error);

        public void Warning(SanitizedText text) => Say(Message.Stream.Warning, text);

        public void Verbose(SanitizedText text) => SayDetail(Message.Stream.Verbose, text);

        public void Debug(SanitizedText text) => SayDetail(Message.Stream.Debug, text);

        public void Progress(ProgressUpdate update) => Volatile.Write(ref pump._newestProgress, update);

        private void SayDetail(Message.Stream to, SanitizedText text)
        {
            if (pump._withDetails)
                Say(to, text);
        }

        private void Say(Message.Stream to, object content)
        {
            try
            {
                if (to == Message.Stream.Output)
                    pump._outputRoom.Wait(cancellation);
                pump._queue.Add(new Message(to, content), cancellation);
            }
            catch (InvalidOperationException) when (pump._work.IsCompleted)
            {
                // The work has ended and nobody listens: a straggler's words are dropped.
            }
        }
    }
}
