using System.Net;
using LinkedInExports.Core.Auth;
using LinkedInExports.Core.Messages;
using Polly;

namespace LinkedInExports.Core.Http;

/// <summary>
/// The one way to LinkedIn: retry, hold back, send, follow redirects. What reads the answer runs
/// inside an attempt, so a body that breaks off is tried again like a connection that does.
/// </summary>
internal sealed class RequestPipeline : IDisposable
{
    private const int MaxRedirects = 5;

    /// <summary>LinkedIn's <c>serviceErrorCode</c> for a revoked token, also sent for one that is too new.</summary>
    private const int RevokedToken = 65601;

    private readonly RequestSender _sender;
    private readonly IAccessTokenSource _tokens;
    private readonly RetryOptions _options;
    private readonly TimeProvider _time;
    private readonly Holdback _holdback;
    private readonly ResiliencePipeline _retry;

    internal RequestPipeline(RequestSender sender, IAccessTokenSource tokens, PipelineOptions options)
    {
        _sender = sender;
        _tokens = tokens;
        _options = options.Retry;
        _time = options.Time;
        _holdback = new Holdback(_time);
        _retry = RetryStrategy.Build(_options, _time, _holdback);
    }

    /// <summary>Sends a request until it succeeds, fails for good, or has been tried often enough.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="read">Reads a successful answer; a transient failure of its own makes another attempt.</param>
    /// <param name="messages">Hears of each attempt.</param>
    /// <param name="cancellation">Fires when the user wants out.</param>
    /// <exception cref="LinkedInException">It failed; the message says how.</exception>
    internal async Task<T> SendAsync<T>(
        LinkedInRequest request,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        IMessages messages,
        CancellationToken cancellation)
    {
        var attempts = new Attempts(request, messages);
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellation);
        context.Properties.Set(RetryStrategy.AttemptsKey, attempts);
        try
        {
            return await _retry.ExecuteAsync(
                static (context, state) => new ValueTask<T>(state.Self.AttemptAsync(state.attempts, state.read, context.CancellationToken)),
                context,
                (Self: this, attempts, read)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Sends a request whose answer is small.</summary>
    internal Task<T> SendAsync<T>(
        LinkedInRequest request,
        Func<HttpResponseMessage, ArraySegment<byte>, T> parse,
        IMessages messages,
        CancellationToken cancellation) =>
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
                        LinkedInErrorId.UnexpectedResponse, $"Could not {request.Purpose}: the response cannot be read. {exception.Message}", exception)
                    { StatusCode = (int)response.StatusCode, TraceId = ErrorResponse.TraceId(response), Target = request.Target };
                }
            },
            messages,
            cancellation);

    /// <summary>Reads the body of a small answer.</summary>
    /// <exception cref="LinkedInException">It broke off, takes too long, or is larger than a small answer is.</exception>
    internal async Task<ArraySegment<byte>> ReadBodyAsync(HttpResponseMessage response, LinkedInRequest request, CancellationToken cancellation)
    {
        using Deadline deadline = _time.Deadline(_options.ResponseTimeout, cancellation);
        try
        {
            return await SmallBody.ReadAsync(response, request, deadline.Token).ConfigureAwait(false)
                ?? throw new LinkedInException(
                    LinkedInErrorId.UnexpectedResponse,
                    $"Could not {request.Purpose}: the answer is larger than {SmallBody.Limit / 1024 / 1024} MB.");
        }
        catch (Exception exception) when (TransportFailure.Of(exception, request, deadline, _options.ResponseTimeout, cancellation) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Sends a request and hands over the answer as soon as its head is there: its body is for the caller to read.</summary>
    internal Task<HttpResponseMessage> OpenAsync(LinkedInRequest request, IMessages messages, CancellationToken cancellation) =>
        SendAsync(request, static (HttpResponseMessage response, CancellationToken _) => Task.FromResult(response), messages, cancellation);

    public void Dispose() => _sender.Dispose();

    private async Task<T> AttemptAsync<T>(
        Attempts attempts, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        attempts.Number++;
        await _holdback.WaitAsync(cancellation).ConfigureAwait(false);

        Uri address = attempts.Request.Address;
        int redirects = 0;
        while (true)
        {
            attempts.KeepSecret(address);
            HttpResponseMessage response = await _sender.SendAsync(attempts, address, isRedirect: redirects > 0, cancellation).ConfigureAwait(false);
            using var answer = new AnswerHold(response);
            if (response.IsSuccessStatusCode)
            {
                T result = await read(response, cancellation).ConfigureAwait(false);
                if (ReferenceEquals(result, response))
                    answer.HandOver();
                return result;
            }

            if (!IsRedirect(response) || attempts.Request.Method != HttpMethod.Get)
            {
                LinkedInException failure = await ErrorResponse.ReadAsync(response, attempts.Request, _options.ResponseTimeout, _time, cancellation).ConfigureAwait(false);
                if (failure.StatusCode == 401 && !attempts.Request.IsLink && await TryNewTokenAsync(attempts, failure, cancellation).ConfigureAwait(false))
                    continue;
                throw failure;
            }

            // By hand, because each new address has to be allowed before the token goes there.
            if (redirects++ == MaxRedirects || RestLi.Header(response, "Location") is not { } location
                || !Uri.TryCreate(address, location, out Uri? next))
            {
                throw new LinkedInException(
                    LinkedInErrorId.UnexpectedResponse,
                    $"Could not {attempts.Request.Purpose}: LinkedIn sent us on more than {MaxRedirects} times, or nowhere.")
                { StatusCode = (int)response.StatusCode, Target = attempts.Request.Target };
            }

            address = next;
        }
    }

    /// <summary>Whether a request whose token was refused is worth sending again.</summary>
    private async Task<bool> TryNewTokenAsync(Attempts attempts, LinkedInException refusal, CancellationToken cancellation)
    {
        if (attempts.Token is not { } token)
            return false; // It was sent without one.
        if (refusal.ServiceErrorCode == RevokedToken && token.IsYoungAt(_time.GetUtcNow()) && attempts.GivenAMoment != token)
        {
            attempts.GivenAMoment = token;
            attempts.Messages.Verbose("LinkedIn does not know the new token yet; trying again in a moment.");
            await _time.Delay(_options.NewTokenDelay, cancellation).ConfigureAwait(false);
            return true;
        }

        if (attempts.HasNewToken)
            return false;
        attempts.HasNewToken = true;
        attempts.Messages.Verbose("LinkedIn refused the token; getting a new one.");
        try
        {
            return await _tokens.RenewAsync(token, attempts.Messages, cancellation).ConfigureAwait(false);
        }
        catch (LinkedInException failure)
        {
            failure.HadNoEffect = true; // What was refused was not done.
            throw;
        }
    }

    private static bool IsRedirect(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or (HttpStatusCode)308;

    /// <summary>Disposes of an answer, unless somebody else has taken it.</summary>
    private sealed class AnswerHold(HttpResponseMessage response) : IDisposable
    {
        private bool _isHandedOver;

        internal void HandOver() => _isHandedOver = true;

        public void Dispose()
        {
            if (!_isHandedOver)
                response.Dispose();
        }
    }
}
