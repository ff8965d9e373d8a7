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

    /// <summary>Asks for a token.</summary>
    /// <param name="grant">The fields of the grant; those of the application are added.</param>
    /// <param name="cancellation">Fires when the user wants out.</param>
    /// <exception cref="LinkedInException">There is none to be had.</exception>
    internal Task<TokenAnswer> RequestAsync(IReadOnlyDictionary<string, string> grant, CancellationToken cancellation)
    {
        var request = new LinkedInRequest { Purpose = "get an access token", Method = HttpMethod.Post, Address = _address };
        return PostAsync(
            request,
            grant,
            json => JsonSerializer.Deserialize(json.AsSpan(), HttpJson.Default.TokenAnswer) is { AccessToken.Length: > 0 } answer ? answer : null,
            cancellation);
    }

    /// <summary>Asks whether a token is good (token introspection).</summary>
    /// <exception cref="LinkedInException">LinkedIn could not be asked.</exception>
    internal async Task<bool> IsActiveAsync(AccessToken token, CancellationToken cancellation)
    {
        var request = new LinkedInRequest
        {
            Purpose = "check the access token",
            Method = HttpMethod.Post,
            Address = LinkedInOAuth.Sibling(_address, "introspectToken"),
        };
        var fields = new Dictionary<string, string> { ["token"] = token.Value };
        IntrospectionAnswer answer = await PostAsync(
            request, fields, json => JsonSerializer.Deserialize(json.AsSpan(), HttpJson.Default.IntrospectionAnswer), cancellation).ConfigureAwait(false);
        return answer.Active;
    }

    private async Task<T> PostAsync<T>(
        LinkedInRequest request, IReadOnlyDictionary<string, string> given, Func<ArraySegment<byte>, T?> parse, CancellationToken cancellation)
        where T : class
    {
        var fields = new Dictionary<string, string>();
        foreach (KeyValuePair<string, string> field in given)
            fields.Add(field.Key, field.Value);
        fields.Add("client_id", _application.ClientId);
        fields.Add("client_secret", _application.ClientSecret);

        // Known as secrets while the request lasts: the server may repeat them.
        Secret[] secrets = [.. SecretFields.Where(fields.ContainsKey).Select(name => new Secret(fields[name]))];
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellation);
        context.Properties.Set(RetryStrategy.AttemptsKey, new Attempts(request, Silence.Instance));
        try
        {
            return await _retry.ExecuteAsync(
                static (context, state) => new ValueTask<T>(state.Self.SendAsync(state.request, state.fields, state.parse, context.CancellationToken)),
                context,
                (Self: this, request, fields, parse)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            GC.KeepAlive(secrets);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(
        LinkedInRequest request, Dictionary<string, string> fields, Func<ArraySegment<byte>, T?> parse, CancellationToken cancellation)
        where T : class
    {
        using var message = new HttpRequestMessage(request.Method, request.Address) { Content = new FormUrlEncodedContent(fields) };
        using Deadline deadline = _time.Deadline(_options.ResponseTimeout, cancellation);
        try
        {
            using HttpResponseMessage response = await _http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw Named(await ErrorResponse.ReadAsync(
                    response, request, _options.ResponseTimeout, _time, cancellation).ConfigureAwait(false));

            ArraySegment<byte>? body = await SmallBody.ReadAsync(response, request, deadline.Token).ConfigureAwait(false);
            return (body is { } json ? parse(json) : null) ?? throw Unexpected(request);
        }
        catch (JsonException)
        {
            throw Unexpected(request); // Without the exception: its text may quote the token.
        }
        catch (Exception exception) when (TransportFailure.Of(exception, request, deadline, _options.ResponseTimeout, cancellation) is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>What the endpoint refuses is a matter of the credentials, whatever the status.</summary>
    private static LinkedInException Named(LinkedInException failure) => failure.IsTransient
        ? failure
        : new LinkedInException(LinkedInErrorId.CredentialsRefused, failure.Message)
        {
            StatusCode = failure.StatusCode,
            Code = failure.Code,
            TraceId = failure.TraceId,
        };

    private static LinkedInException Unexpected(LinkedInRequest request) =>
        new(LinkedInErrorId.UnexpectedResponse, $"Could not {request.Purpose}: LinkedIn answered something else than its documentation says.");
}
