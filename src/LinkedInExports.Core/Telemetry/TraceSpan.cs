#if NET
using System.Diagnostics;
#endif

namespace LinkedInExports.Core.Telemetry;

/// <summary>An operation of a trace. Without a listener, it does nothing.</summary>
internal readonly struct TraceSpan : IDisposable
{
    private readonly Activity? _activity;
    private readonly bool _isDetached;

    private TraceSpan(Activity? activity, bool isDetached = false) => (_activity, _isDetached) = (activity, isDetached);

    /// <summary>Starts a span as a child of the current one. In its flow of execution, it becomes the current span.</summary>
    internal static TraceSpan Start(string name) => new(StartActivity(name, ActivityKind.Internal, default));

    /// <summary>Starts a span as a child of another one. In its flow of execution, it becomes the current span.</summary>
    internal static TraceSpan Start(string name, TraceSpan parent) =>
        new(StartActivity(name, ActivityKind.Internal, parent._activity?.Context ?? default));

    /// <summary>Starts a span for a request, as a child of the current one.</summary>
    internal static TraceSpan StartRequest(string name) => new(StartActivity(name, ActivityKind.Client, default));

    /// <summary>Starts a span as a child of the current one, which stays the current one.</summary>
    internal static TraceSpan StartDetached(string name)
    {
        Activity? current = Activity.Current;
        Activity? activity = StartActivity(name, ActivityKind.Internal, default);
        if (activity is not null)
            SetCurrent(current);
        return new TraceSpan(activity, isDetached: true);
    }

    /// <summary>Whether a listener records the span.</summary>
    internal bool IsRecorded => _activity is not null;

    /// <summary>Adds an attribute, unless its value is null.</summary>
    internal TraceSpan With(string attribute, object? value)
    {
        if (value is not null)
            _activity?.SetTag(attribute, value);
        return this;
    }

    /// <summary>Moves the start of the span into the past.</summary>
    internal TraceSpan WithElapsed(TimeSpan elapsed)
    {
        if (elapsed > TimeSpan.Zero)
            _activity?.SetStartTime(DateTime.UtcNow - elapsed);
        return this;
    }

    /// <summary>Marks the span as failed. A cancellation is not a failure.</summary>
    internal void Fail(Exception exception)
    {
        if (_activity is null || exception is OperationCanceledException)
            return;
        Fail(exception is LinkedInException failure ? failure.Id.ToString() : exception.GetType().FullName!);
    }

    /// <summary>Marks the span as failed.</summary>
    /// <param name="errorType">The kind of the error, with few different values.</param>
    internal void Fail(string errorType)
    {
        _activity?.SetTag(TelemetryAttribute.ErrorType, errorType);
        _activity?.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Makes this span the current one of a thread until the result is disposed on the same thread.</summary>
    internal Scope Enter()
    {
        var scope = new Scope(Activity.Current, _activity is not null);
        if (_activity is { IsStopped: false })
            Activity.Current = _activity;
        return scope;
    }

    /// <summary>Runs an operation in a span that fails with it.</summary>
    internal static Task<T> RunAsync<T>(string name, Func<TraceSpan, Task<T>> operation) => RunAsync(name, default, operation);

    /// <summary>Runs an operation in a child span of another one, or of the current one, that fails with it.</summary>
    internal static async Task<T> RunAsync<T>(string name, TraceSpan parent, Func<TraceSpan, Task<T>> operation)
    {
        using TraceSpan span = Start(name, parent);
        try
        {
            return await operation(span).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            span.Fail(exception);
            throw;
        }
    }

    /// <summary>Ends the span. The previous span becomes the current one, unless the span is detached.</summary>
    public void Dispose()
    {
        if (_activity is null)
            return;
        Activity? current = Activity.Current;
        _activity.Dispose();
        if (_isDetached)
            SetCurrent(current);
    }

    /// <summary>
    /// Without a parent, the current span is used. A span that has ended is not: a thread keeps the current span of the time at
    /// which it was created, and runspaces reuse their threads.
    /// </summary>
    private static Activity? StartActivity(string name, ActivityKind kind, ActivityContext parent)
    {
        if (Activity.Current is { IsStopped: true })
            Activity.Current = null;
        return TelemetrySource.Traces.StartActivity(name, kind, parent);
    }

    /// <summary>Sets the current span. A span that has ended cannot become the current one.</summary>
    private static void SetCurrent(Activity? activity) => Activity.Current = activity is { IsStopped: true } ? null : activity;

    /// <summary>Restores the current span of a thread.</summary>
    internal readonly struct Scope : IDisposable
    {
        private readonly Activity? _previous;
        private readonly bool _isEntered;

        internal Scope(Activity? previous, bool isEntered) => (_previous, _isEntered) = (previous, isEntered);

        public void Dispose()
        {
            if (_isEntered)
                SetCurrent(_previous);
        }
    }
}
