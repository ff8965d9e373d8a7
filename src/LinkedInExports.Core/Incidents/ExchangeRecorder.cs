using System.Diagnostics;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Incidents;

/// <summary>Records the outcome of one exchange. A failure to record never affects the request.</summary>
internal sealed class ExchangeRecorder(IncidentRecorder recorder, Exchange exchange, bool isFile)
{
    private readonly object _gate = new();
    private readonly long _started = recorder.Time.GetTimestamp();
    private BodyRecorder? _body;
    private long? _announced;
    private bool _isComplete;

    /// <summary>Records the headers of the response, and replaces its content with one that records the body.</summary>
    internal async Task ReceiveAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Guard(() => AddHead(response));
        if (response.Content is not { } content)
        {
            Complete(isRead: true);
            return;
        }

        Stream body = await ResponseBody.OpenAsync(response, cancellationToken).ConfigureAwait(false);
        var recorded = new RecordedStreamContent(body, this);
#if NET
        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in content.Headers.NonValidated)
            recorded.Headers.TryAddWithoutValidation(name, values);
#else
        foreach (KeyValuePair<string, IEnumerable<string>> header in content.Headers)
            recorded.Headers.TryAddWithoutValidation(header.Key, header.Value);
#endif
        response.Content = recorded;
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_isComplete || _body is null)
                return;
            try
            {
                _body.Append(bytes);
            }
            catch (Exception) when (!Debugger.IsAttached)
            {
                exchange.Failure ??= IncidentFormat.NotRecorded;
                _body = null;
            }
        }
    }

    /// <summary>Records the end of the exchange.</summary>
    /// <param name="isRead">Whether the body was read to its end.</param>
    internal void Complete(bool isRead)
    {
        lock (_gate)
        {
            if (_isComplete)
                return;
            _isComplete = true;
            exchange.BodyDuration = recorder.Time.GetElapsedTime(_started) - exchange.Duration;
            Guard(() => AddBody(isRead));
            _body = null;
        }

        recorder.Resize(exchange);
    }

    /// <summary>Records the number of rows of a long file that was read to its end.</summary>
    internal void SetRowCount(long rows)
    {
        lock (_gate)
        {
            if (exchange is { Failure: null, ResponseBody.LongText: { } text })
                exchange.ResponseBody = new RecordedBody { LongText = text with { RowCount = rows } };
        }
    }

    /// <summary>Records that there was no response, or that its body ended too early.</summary>
    internal void Fail(Exception exception)
    {
        if (exchange.Failure is null or IncidentFormat.NotRecorded)
            exchange.Failure = IncidentFailure.Describe(exception);
        if (exchange.Status is not null)
            Complete(isRead: true);
        else
            exchange.Duration = recorder.Time.GetElapsedTime(_started);
    }

    private void AddHead(HttpResponseMessage response)
    {
        DateTimeOffset now = recorder.Time.GetUtcNow();
        exchange.Duration = recorder.Time.GetElapsedTime(_started);
        exchange.Status = (int)response.StatusCode;
        exchange.ResponseHeaders = recorder.Reducers.Headers.Reduce(response, now);
        if (response.Content is null)
            return;
        _announced = response.Content.Headers.ContentLength;
        _body = new BodyRecorder(recorder.Reducers, isFile, response);
    }

    private void AddBody(bool isRead)
    {
        if (_body is null)
            return;
        exchange.ResponseBody = _body.Complete(isRead ? null : _announced);

        // The replay has a placeholder of the same length, which is not encoded.
        if (_body.IsTooLong)
            exchange.ResponseHeaders = [.. exchange.ResponseHeaders.Where(header => header.Key != "Content-Encoding")];
    }

    /// <summary>Runs a step of the recording, whose failure must not be a failure of the request.</summary>
    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (Exception) when (!Debugger.IsAttached)
        {
            exchange.Failure ??= IncidentFormat.NotRecorded;
        }
    }
}
