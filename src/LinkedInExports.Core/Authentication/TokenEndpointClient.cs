using System.Text.Json;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Time;
using LinkedInExports.Text;
using Polly;

namespace LinkedInExports.Core.Authentication;

/// <summary>
/// Sends requests to LinkedIn's token endpoint. Secrets are sent in the form, never in the address, and are removed from errors.
/// </summary>
internal sealed class TokenEndpointClient : IDisposable
{
    private static readonly string[] SecretFields = ["refresh_token", "code", "code_verifier", "token"];

    private readonly HttpClient _http;
    private readonly Uri _endpointUri;
    private readonly OAuthClientCredentials _application;
    private readonly RetryOptions _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _retry;

    internal TokenEndpointClient(
        HttpClient http,
        Uri address,
        OAuthClientCredentials application,
        RetryOptions options,
        TimeProvider time
    )
    {
        _http = http;
        _endpointUri = AddressPolicy.ValidateTokenUri(address);
        _application = application;
        _options = options;
        _time = time;
        _retry = RetryPipelineFactory.Create(options, time, new ThrottleGate(time));
    }

    internal TimeProvider Time => _time;

    /// <summary>Requests a token.</summary>
    /// <param name="grant">The fields of the grant; those of the application are added.</param>
    /// <param name="canRetry">Whether to retry after transient failures.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.InvalidCredentials"/> for an OAuth error; <see cref="LinkedInErrorId.TokenEndpointFailed"/>
    /// for a response that no token endpoint gives; others for the network.
    /// </exception>
    internal Task<TokenResponse> RequestAsync(
        IReadOnlyDictionary<string, string> grant,
        bool canRetry,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        var request = new LinkedInRequest
        {
            Description = "get an access token",
            Method = HttpMethod.Post,
            RequestUri = _endpointUri,
        };
        ResiliencePipeline retry = canRetry ? _retry : ResiliencePipeline.Empty;
        return PostAsync(request, grant, ParseToken, retry, diagnostics, cancellationToken);
    }

    /// <summary>Asks whether a token is valid (token introspection).</summary>
    /// <exception cref="LinkedInException">The request failed.</exception>
    internal async Task<bool> IsActiveAsync(AccessToken token, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        var request = new LinkedInRequest
        {
            Description = "check the access token",
            Method = HttpMethod.Post,
            RequestUri = LinkedInOAuth.ResolveEndpoint(_endpointUri, "introspectToken"),
        };
        var fields = new Dictionary<string, string> { ["token"] = token.Value };
        IntrospectionResponse answer = await PostAsync(
                request,
                fields,
                json => JsonSerializer.Deserialize(json.AsSpan(), OAuthJson.Default.IntrospectionResponse),
                _retry,
                diagnostics,
                cancellationToken
            )
            .ConfigureAwait(false);
        return answer.Active;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A token has visible ASCII characters only (RFC 6749, appendix A.12): others cannot be sent in a header.</summary>
    private static TokenResponse? ParseToken(ArraySegment<byte> json) =>
        JsonSerializer.Deserialize(json.AsSpan(), OAuthJson.Default.TokenResponse) is { AccessToken.Length: > 0 } answer
        && answer.AccessToken.All(character => character is > ' ' and <= '~')
            ? answer
            : null;

    private async Task<T> PostAsync<T>(
        LinkedInRequest request,
        IReadOnlyDictionary<string, string> given,
        Func<ArraySegment<byte>, T?> parse,
        ResiliencePipeline retry,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var fields = given.ToDictionary(field => field.Key, field => field.Value);
        fields.Add("client_id", _application.ClientId);
        fields.Add("client_secret", _application.ClientSecret);

        // Known as secrets while the request lasts: the server may repeat them.
        Secret[] secrets = [.. SecretFields.Where(fields.ContainsKey).Select(name => new Secret(fields[name]))];
        var context = new RequestContext(request, diagnostics);
        try
        {
            return await TraceSpan
                .RunAsync(
                    "sign in",
                    span =>
                    {
                        span.With(TelemetryAttribute.RequestMethod, request.Method.Method)
                            .With(TelemetryAttribute.GrantType, fields.TryGetValue("grant_type", out string? type) ? type : null);
                        return retry.ExecuteAsync(
                            RetryPipelineFactory.ContextKey,
                            context,
                            token => SendAsync(context, fields, parse, token),
                            cancellationToken
                        );
                    }
                )
                .ConfigureAwait(false);
        }
        finally
        {
            context.EndRetryDelay();
            GC.KeepAlive(secrets);
        }
    }

    private async Task<T> SendAsync<T>(
        RequestContext context,
        Dictionary<string, string> fields,
        Func<ArraySegment<byte>, T?> parse,
        CancellationToken cancellationToken
    )
        where T : class
    {
        LinkedInRequest request = context.Request;
        using var message = new HttpRequestMessage(request.Method, request.RequestUri)
        {
            Content = new FormUrlEncodedContent(fields),
        };
        using Deadline deadline = EmulatorClock.GetSystem(_time).CreateDeadline(_options.ResponseTimeout, cancellationToken);
        long started = _time.GetTimestamp();
        string outcome = "no response";
        context.AttemptNumber++;
        context.EndRetryDelay();
        try
        {
            using HttpResponseMessage response = await _http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token)
                .ConfigureAwait(false);
            outcome = $"{(int)response.StatusCode}";
            EmulatorClock.Synchronize(_time, response);
            if (!response.IsSuccessStatusCode)
            {
                throw CreateCredentialError(
                    await ErrorResponseReader
                        .ReadAsync(response, request, _options.ResponseTimeout, _time, cancellationToken)
                        .ConfigureAwait(false)
                );
            }

            ArraySegment<byte>? body = await BoundedBodyReader.ReadAsync(response, request, deadline.Token).ConfigureAwait(false);
            return (body is { } json ? Parse(json, parse) : null)
                ?? throw CreateEndpointError(
                    $"Could not {request.Description}: the response is not the JSON of a token endpoint."
                );
        }
        catch (Exception exception)
            when (TransportErrors.Translate(exception, request, deadline, _options.ResponseTimeout, cancellationToken)
                    is { } failure
            )
        {
            throw failure;
        }
        finally
        {
            string again = context.AttemptNumber > 1 ? $", attempt {context.AttemptNumber}" : "";
            if (!cancellationToken.IsCancellationRequested)
            {
                context.Diagnostics.Verbose(
                    $"{request.Method} {request.RequestUri.AbsolutePath}: {outcome} in "
                        + $"{_time.GetElapsedTime(started).TotalMilliseconds:0} ms{again}"
                );
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
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or NotSupportedException or FormatException)
        {
            return null; // Without the exception: its text may quote the token.
        }
    }

    /// <summary>Only an OAuth error is about the credentials; anything else is not the answer of a token endpoint.</summary>
    private static LinkedInException CreateCredentialError(LinkedInException failure)
    {
        if (failure.IsTransient || failure.AffectsAllRequests)
            return failure;
        bool isOAuthError =
            failure.StatusCode is 400 or 401 && (failure.Code is not null || failure.ServiceErrorCode is not null);
        return new LinkedInException(
            isOAuthError ? LinkedInErrorId.InvalidCredentials : LinkedInErrorId.TokenEndpointFailed,
            failure.Message
        )
        {
            StatusCode = failure.StatusCode,
            ServiceErrorCode = failure.ServiceErrorCode,
            Code = failure.Code,
            TraceId = failure.TraceId,
            AffectsAllRequests = true,
        };
    }

    private static LinkedInException CreateEndpointError(SanitizedText message) =>
        new(LinkedInErrorId.TokenEndpointFailed, message) { AffectsAllRequests = true };
}
