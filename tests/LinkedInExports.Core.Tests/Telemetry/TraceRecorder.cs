using System.Collections.Concurrent;
using System.Diagnostics;

namespace LinkedInExports.Core.Tests.Telemetry;

/// <summary>
/// Records the spans of one trace, from all sources. Other tests run at the same time, and their spans belong to other traces.
/// </summary>
internal sealed class TraceRecorder : IDisposable
{
    private static readonly ActivitySource Source = new("LinkedInExports.Core.Tests");

    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;
    private readonly ActivityTraceId _trace;

    internal TraceRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = Sample,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == _trace)
                    _spans.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
        Root = Source.StartActivity("test")!;
        _trace = Root.TraceId;
    }

    internal Activity Root { get; }

    internal Activity[] Spans => [.. _spans.Where(span => span != Root)];

    /// <summary>All text of the spans, to search it for secrets.</summary>
    internal string GetAllText() =>
        string.Join(
            ' ',
            Spans.SelectMany(span =>
                (string[])
                    [
                        span.OperationName,
                        span.DisplayName,
                        span.StatusDescription ?? "",
                        .. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
                        .. span.Events.Select(item => item.Name),
                        .. span.Baggage.Select(item => item.Value ?? ""),
                    ]
            )
        );

    internal Activity[] Named(string name) => [.. Spans.Where(span => span.OperationName == name)];

    internal string? GetParentName(Activity span) =>
        span.ParentSpanId == Root.SpanId ? "test" : Spans.Single(parent => parent.SpanId == span.ParentSpanId).OperationName;

    public void Dispose()
    {
        Root.Dispose();
        _listener.Dispose();
    }

    private ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> options) =>
        options.Source == Source || options.Parent.TraceId == _trace
            ? ActivitySamplingResult.AllDataAndRecorded
            : ActivitySamplingResult.None;
}
