using System.Net;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Time;
using Polly;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Sends all requests to LinkedIn, with retries, throttling and redirects. The response is read within an attempt, so an
/// interrupted body is retried like a failed connection.
/// </summary>
internal sealed class RequestPipeline : IDisposable
{
    private const int MaxRedirects = 5;

    /// <summary>LinkedIn's <c>serviceErrorCode</c> for a revoked token, also sent for one that is too new.</summary>
    private const int RevokedToken = 65601;

    /// <summary>A token may expire while it propagates. Without a limit, its replacement would be retried indefinitely.</summary>
    private const int MaxPropagationRetries = 2;

    private readonly RequestSender _sender;
    private readonly IAccessTokenSource _tokenSource;
    private readonly RetryOptions _options;
    private readonly TimeProvider _time;
    private readonly TimeProvider _networkTime;
    private readonly ThrottleGate _throttleGate;
    private readonly ResiliencePipeline _retry;

    internal RequestPipeline(RequestSender sender, IAccessTokenSource tokens, PipelineOptions options)
    {
        _sender = sender;
        _tokenSource = tokens;
        _options = options.Retry;
        _time = options.Time;
        _networkTime = options.NetworkTime;
        _throttleGate = new ThrottleGate(_time);
        _retry = RetryPipelineFactory.Create(_options, _time, _throttleGate);
    }

    /// <summary>Sends a request until it succeeds, fails permanently, or has no retries left.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads a successful response; if it fails transiently, the request is sent again.</param>
    /// <param name="diagnostics">Receives a message for each attempt.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">The request failed.</exception>
    /// <exception cref="RequestNotProcessedException">The token was canceled before LinkedIn processed the request.</exception>
    internal async Task<T> SendAsync<T>(
        LinkedInRequest request,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        var context = new RequestContext(request, diagnostics);
        try
        {
            return await _retry
                .ExecuteAsync(
                    RetryPipelineFactory.ContextKey,
                    context,
                    token => AttemptAsync(context, read, token),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (context.IsNotProcessed)
        {
            throw new RequestNotProcessedException(canceled);
        }
        finally
        {
            context.EndRetryDelay();
        }
    }

    /// <summary>Sends a request with a small response.</summary>
    internal Task<T> SendAsync<T>(
        LinkedInRequest request,
        Func<HttpResponseMessage, ArraySegment<byte>, T> parse,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            request,
            async (response, token) =>
            {
                ArraySegment<byte> body = await ReadBodyAsync(response, request, token).ConfigureAwait(false);
                try
                {
                    return parse(response, body);
                }
                catch (Exception exception) when (exception is not (LinkedInException or OperationCanceledException))
                {
                    throw new LinkedInException(
                        LinkedInErrorId.UnexpectedResponse,
                        $"Could not {request.Description}: the response cannot be read. {exception.Message}",
                        exception
                    )
                    {
                        StatusCode = (int)response.StatusCode,
                        TraceId = ErrorResponseReader.GetTraceId(response),
                        Target = request.Target,
                    };
                }
            },
            diagnostics,
            cancellationToken
        );

    /// <summary>Reads the body of a small response.</summary>
    /// <exception cref="LinkedInException">The body is truncated, takes too long, or is too large.</exception>
    internal async Task<ArraySegment<byte>> ReadBodyAsync(
        HttpResponseMessage response,
        LinkedInRequest request,
        CancellationToken cancellationToken
    )
    {
        using Deadline deadline = _networkTime.CreateDeadline(_options.ResponseTimeout, cancellationToken);
        try
        {
            ArraySegment<byte>? body = await BoundedBodyReader.ReadAsync(response, request, deadline.Token).ConfigureAwait(false);
            ModuleMetrics.AddReceived(body?.Count ?? BoundedBodyReader.MaxLength);
            return body
                ?? throw new LinkedInException(
                    LinkedInErrorId.UnexpectedResponse,
                    $"Could not {request.Description}: the response is larger than "
                        + $"{BoundedBodyReader.MaxLength / 1024 / 1024} MB."
                );
        }
        catch (Exception exception)
            when (TransportErrors.Translate(exception, request, deadline, _options.ResponseTimeout, cancellationToken)
                    is { } failure
            )
        {
            throw failure;
        }
    }

    /// <summary>Sends a request, and returns the response when its headers have arrived. The caller reads the body.</summary>
    internal Task<HttpResponseMessage> OpenAsync(
        LinkedInRequest request,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            request,
            static (HttpResponseMessage response, CancellationToken _) => Task.FromResult(response),
            diagnostics,
            cancellationToken
        );

    public void Dispose() => _sender.Dispose();

    private async Task<T> AttemptAsync<T>(
        RequestContext context,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        context.AttemptNumber++;
        context.EndRetryDelay();
        await _throttleGate.WaitAsync(cancellationToken).ConfigureAwait(false);

        Uri address = context.Request.RequestUri;
        int redirects = 0;
        while (true)
        {
            context.ProtectSignature(address);
            HttpResponseMessage response = await _sender
                .SendAsync(context, address, isRedirect: redirects > 0, cancellationToken)
                .ConfigureAwait(false);
            using var scope = new ResponseScope(response);
            if (response.IsSuccessStatusCode)
            {
                T result = await read(response, cancellationToken).ConfigureAwait(false);
                if (ReferenceEquals(result, response))
                    scope.Detach();
                else
                    context.ReleaseSignatures();
                return result;
            }

            if (!IsRedirect(response) || context.Request.Method != HttpMethod.Get)
            {
                LinkedInException failure = await ErrorResponseReader
                    .ReadAsync(response, context.Request, _options.ResponseTimeout, _time, cancellationToken)
                    .ConfigureAwait(false);
                if (
                    failure.StatusCode == 401
                    && !context.Request.IsSignedUrl
                    && await TryRenewTokenAsync(context, failure, cancellationToken).ConfigureAwait(false)
                )
                {
                    continue;
                }

                throw failure;
            }

            // Not automatic, because each new address has to be allowed before it receives the token.
            if (
                redirects++ == MaxRedirects
                || RestLi.GetHeader(response, "Location") is not { } location
                || !Uri.TryCreate(address, location, out Uri? next)
            )
            {
                throw new LinkedInException(
                    LinkedInErrorId.UnexpectedResponse,
                    $"Could not {context.Request.Description}: too many redirects, or a redirect without a target."
                )
                {
                    StatusCode = (int)response.StatusCode,
                    Target = context.Request.Target,
                };
            }

            address = next;
        }
    }

    /// <summary>Tries to replace the token of a rejected request, so that the request can be sent again.</summary>
    private async Task<bool> TryRenewTokenAsync(
        RequestContext context,
        LinkedInException rejection,
        CancellationToken cancellationToken
    )
    {
        context.IsNotProcessed = true;
        if (context.Token is not { } token)
            return false; // The request was sent without a token.
        if (
            rejection.ServiceErrorCode == RevokedToken
            && token.IsRecentlyIssued(_time.GetUtcNow())
            && context.PropagationRetriedToken != token
            && context.PropagationRetries < MaxPropagationRetries
        )
        {
            context.PropagationRetriedToken = token;
            context.PropagationRetries++;
            context.Diagnostics.Verbose("LinkedIn does not accept the new token yet; trying again in a moment.");
            await _time.DelayAsync(_options.TokenPropagationDelay, cancellationToken).ConfigureAwait(false);
            return true;
        }

        if (context.IsTokenRenewed)
            return false;
        context.IsTokenRenewed = true;
        context.Diagnostics.Verbose("LinkedIn rejected the token; requesting a new one.");
        try
        {
            return await _tokenSource.RenewAsync(token, context.Diagnostics, cancellationToken).ConfigureAwait(false);
        }
        catch (LinkedInException failure)
        {
            throw failure.ToNotProcessed(); // LinkedIn rejected the request itself.
        }
    }

    private static bool IsRedirect(HttpResponseMessage response) =>
        response.StatusCode
            is HttpStatusCode.MovedPermanently
                or HttpStatusCode.Found
                or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect
                or (HttpStatusCode)308;

    /// <summary>Disposes a response, unless it was detached.</summary>
    private sealed class ResponseScope(HttpResponseMessage response) : IDisposable
    {
        private bool _isDetached;

        internal void Detach() => _isDetached = true;

        public void Dispose()
        {
            if (!_isDetached)
                response.Dispose();
        }
    }
}
