using System.Text.Json;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Messages;
using LinkedInExports.Text;
using Polly;

namespace LinkedInExports.Core.Auth;

/// <summary>
/// LinkedIn's token endpoint. It takes the secret in the form, never in the address, and what it says of failures is
/// passed on without secrets.
/// </summary>
internal sealed class TokenEndpoint : IDisposable
{
    private static readonly string[] SecretFields = ["refresh_token", "code", "code_verifier", "token"];

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly OAuthApplication _application;
    private readonly RetryOptions _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _retry;

    internal TokenEndpoint(HttpClient http, Uri address, OAuthApplication application, RetryOptions options, TimeProvider time)
    {
        _http = http;
        _address = AddressPolicy.CheckedToken(address);
        _application = application;
        _options = options;
        _time = time;
        _retry = RetryStrategy.Build(options, time, new Holdback(time));
    }

    internal TimeProvider Time => _time;

    /// <summary>Requests a token.</summary>
    /// <param name="grant">The fields of the grant; those of the application are added.</param>
    /// <param name="messages">Gets a line for each request.</param>
    /// <param name="cancellation">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.CredentialsRefused"/> for an OAuth error; <see cref="LinkedInErrorId.TokenEndpointFailed"/> for a
    /// response that no token endpoint gives; others for the network.
    /// </exception>
    internal Task<TokenAnswer> RequestAsync(IReadOnlyDictionary<string, string> grant, IMessages messages, CancellationToken cancellation)
    {
        var request = new LinkedInRequest { Purpose = "get an access token", Method = HttpMethod.Post, Address = _address };
        return PostAsync(request, grant, ParseToken, messages, cancellation);
    }

    /// <summary>Asks whether a token is valid (token introspection).</summary>
    /// <exception cref="LinkedInException">LinkedIn could not be asked.</exception>
    internal async Task<bool> IsActiveAsync(AccessToken token, IMessages messages, CancellationToken cancellation)
    {
        var request = new LinkedInRequest
        {
            Purpose = "check the access token",
            Method = HttpMethod.Post,
            Address = LinkedInOAuth.Sibling(_address, "introspectToken"),
        };
        var fields = new Dictionary<string, string> { ["token"] = token.Value };
        IntrospectionAnswer answer = await PostAsync(
            request, fields, json => JsonSerializer.Deserialize(json.AsSpan(), HttpJson.Default.IntrospectionAnswer), messages, cancellation).ConfigureAwait(false);
        return answer.Active;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A token has visible ASCII characters only (RFC 6749, appendix A.12): others cannot be sent in a header.</summary>
    private static TokenAnswer? ParseToken(ArraySegment<byte> json) =>
        JsonSerializer.Deserialize(json.AsSpan(), HttpJson.Default.TokenAnswer) is { AccessToken.Length: > 0 } answer
        && answer.AccessToken.All(character => character is > ' ' and <= '~')
            ? answer
            : null;

    private async Task<T> PostAsync<T>(
        LinkedInRequest request,
        IReadOnlyDictionary<string, string> given,
        Func<ArraySegment<byte>, T?> parse,
        IMessages messages,
        CancellationToken cancellation)
        where T : class
    {
        var fields = given.ToDictionary(field => field.Key, field => field.Value);
        fields.Add("client_id", _application.ClientId);
        fields.Add("client_secret", _application.ClientSecret);

        // Known as secrets while the request lasts: the server may repeat them.
        Secret[] secrets = [.. SecretFields.Where(fields.ContainsKey).Select(name => new Secret(fields[name]))];
        var attempts = new Attempts(request, messages);
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellation);
        context.Properties.Set(RetryStrategy.AttemptsKey, attempts);
        try
        {
            return await _retry.ExecuteAsync(
                static (context, state) => new ValueTask<T>(state.Self.SendAsync(state.attempts, state.fields, state.parse, context.CancellationToken)),
                context,
                (Self: this, attempts, fields, parse)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            GC.KeepAlive(secrets);
        }
    }

    private async Task<T> SendAsync<T>(
        Attempts attempts, Dictionary<string, string> fields, Func<ArraySegment<byte>, T?> parse, CancellationToken cancellation)
        where T : class
    {
        LinkedInRequest request = attempts.Request;
        using var message = new HttpRequestMessage(request.Method, request.Address) { Content = new FormUrlEncodedContent(fields) };
        using Deadline deadline = _time.Deadline(_options.ResponseTimeout, cancellation);
        long started = _time.GetTimestamp();
        string outcome = "no answer";
        attempts.Number++;
        try
        {
            using HttpResponseMessage response = await _http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            outcome = $"{(int)response.StatusCode}";
            if (!response.IsSuccessStatusCode)
                throw Named(await ErrorResponse.ReadAsync(response, request, _options.ResponseTimeout, _time, cancellation).ConfigureAwait(false));

            ArraySegment<byte>? body = await SmallBody.ReadAsync(response, request, deadline.Token).ConfigureAwait(false);
            return (body is { } json ? Parse(json, parse) : null)
                ?? throw Failed($"Could not {request.Purpose}: the response is not the JSON of a token endpoint.");
        }
        catch (Exception exception) when (TransportFailure.Of(exception, request, deadline, _options.ResponseTimeout, cancellation) is { } failure)
        {
            throw failure;
        }
        finally
        {
            string again = attempts.Number > 1 ? $", attempt {attempts.Number}" : "";
            if (!cancellation.IsCancellationRequested)
            {
                attempts.Messages.Verbose(
                    $"{request.Method} {request.Address.AbsolutePath}: {outcome} in {_time.GetElapsedTime(started).TotalMilliseconds:0} ms{again}");
            }
        }
    }

    private static T? Parse<T>(ArraySegment<byte> json, Func<ArraySegment<byte>, T?> parse)
        where T : class
    {
        try
        {
            return parse(json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException or FormatException)
        {
            return null; // Without the exception: its text may quote the token.
        }
    }

    /// <summary>Only an OAuth error is about the credentials; anything else is not the answer of a token endpoint.</summary>
    private static LinkedInException Named(LinkedInException failure)
    {
        if (failure.IsTransient || failure.IsPermanent)
            return failure;
        bool isOAuthError = failure.StatusCode is 400 or 401 && (failure.Code is not null || failure.ServiceErrorCode is not null);
        return new LinkedInException(isOAuthError ? LinkedInErrorId.CredentialsRefused : LinkedInErrorId.TokenEndpointFailed, failure.Message)
        {
            StatusCode = failure.StatusCode,
            ServiceErrorCode = failure.ServiceErrorCode,
            Code = failure.Code,
            TraceId = failure.TraceId,
            IsPermanent = true,
        };
    }

    private static LinkedInException Failed(SanitizedText message) => new(LinkedInErrorId.TokenEndpointFailed, message) { IsPermanent = true };
}
