using System.Globalization;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Time;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>One attempt of a request: validates the address, adds the token, waits for the limiter and sends.</summary>
internal sealed class RequestSender(HttpClient http, IAccessTokenSource tokens, AddressPolicy addresses, PipelineOptions options)
    : IDisposable
{
    private static readonly string[] LoggedHeaders =
    [
        "Content-Type",
        "Content-Length",
        "Content-Encoding",
        "Date",
        "Retry-After",
        RestLi.ProtocolHeader,
        RestLi.IdHeader,
        "x-li-uuid",
        "x-li-fabric",
        "x-li-request-id",
    ];

    private readonly FirstRequestGate _firstRequests = new(options.NetworkTime);

    /// <summary>Sends a request once.</summary>
    /// <param name="context">The request and its state, which receives the token.</param>
    /// <param name="address">The address of the request, or the target of a redirect.</param>
    /// <param name="isRedirect">Whether the address is the target of a redirect.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The response with any status. Its body is not read.</returns>
    /// <exception cref="LinkedInException">No response was received.</exception>
    internal async Task<HttpResponseMessage> SendAsync(
        RequestContext context,
        Uri address,
        bool isRedirect,
        CancellationToken cancellationToken
    )
    {
        LinkedInRequest request = context.Request;
        HostAccess access = addresses.GetAccess(address, isRedirect);
        if (access == HostAccess.Denied)
        {
            throw new LinkedInException(
                LinkedInErrorId.AddressNotAllowed,
                $"Could not {request.Description}: that leads to {UriRedactor.Redact(address)}, which is not an allowed "
                    + "host. Nothing was sent there."
            )
            {
                IsNotProcessed = true,
                Target = request.Target,
            };
        }

        if (access == HostAccess.PublicWithoutToken)
            context.Diagnostics.Verbose($"Following a redirect to {address.Host}, without the token.");
        context.Token =
            access == HostAccess.WithToken ? await GetTokenAsync(context, cancellationToken).ConfigureAwait(false) : null;

        using RequestLease? lease = request.Limiter is { } limiter
            ? await limiter.AcquireAsync(context.Diagnostics, cancellationToken).ConfigureAwait(false)
            : null;
        HttpResponseMessage response = await SendCoreAsync(context, address, access, cancellationToken).ConfigureAwait(false);
        lease?.RecordResponse(response);
        return response;
    }

    public void Dispose() => http.Dispose();

    private async Task<AccessToken> GetTokenAsync(RequestContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.GetTokenAsync(context.Diagnostics, cancellationToken).ConfigureAwait(false);
        }
        catch (LinkedInException failure)
        {
            throw failure.ToNotProcessed(); // The request itself was not sent.
        }
    }

    private Task<HttpResponseMessage> SendCoreAsync(
        RequestContext context,
        Uri address,
        HostAccess access,
        CancellationToken cancellationToken
    ) =>
        _firstRequests.SendAsync(
            context.Request,
            address.Authority,
            () => SendOverNetworkAsync(context, address, access, cancellationToken),
            cancellationToken
        );

    private async Task<HttpResponseMessage> SendOverNetworkAsync(
        RequestContext context,
        Uri address,
        HostAccess access,
        CancellationToken cancellationToken
    )
    {
        LinkedInRequest request = context.Request;
        TimeSpan timeout = options.Retry.ResponseTimeout + request.SendTimeoutAllowance;
        using HttpRequestMessage message = request.ToMessage(address, context.Token?.Value);
        if ((request.ApiVersion ?? options.ApiVersion) is { } version && !request.IsSignedUrl)
            message.Headers.Add(RestLi.VersionHeader, version);
#if NET
        message.Options.Set(HostConnector.PublicOnly, access == HostAccess.PublicWithoutToken);
#else
        if (access == HostAccess.PublicWithoutToken)
            await RequirePublicAddressAsync(address, request).ConfigureAwait(false);
#endif
        using TraceSpan span = StartSpan(context, address);
        using Deadline deadline = options.NetworkTime.CreateDeadline(timeout, cancellationToken);
        long started = options.NetworkTime.GetTimestamp();
        string outcome = "no response";
        try
        {
            context.IsNotProcessed = false;
            HttpResponseMessage response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token)
                .ConfigureAwait(false);
            outcome = $"{(int)response.StatusCode}";
            EmulatorClock.Synchronize(options.Time, response);
            RecordResponse(span, message, response);
            if (context.Diagnostics.IncludesDetails)
                context.Diagnostics.Debug(FormatHeaders(response));
            return response;
        }
        catch (Exception exception)
            when (TransportErrors.Translate(exception, request, deadline, timeout, cancellationToken) is { } failure)
        {
            span.Fail(failure);
            throw failure;
        }
        finally
        {
            if (context.Diagnostics.IncludesDetails && !cancellationToken.IsCancellationRequested)
            {
                string attempt = context.AttemptNumber > 1 ? $", attempt {context.AttemptNumber}" : "";
                context.Diagnostics.Verbose(
                    $"{request.Method} {address.AbsolutePath}: {outcome} in "
                        + $"{options.NetworkTime.GetElapsedTime(started).TotalMilliseconds:0} ms{attempt}"
                );
            }
        }
    }

    /// <summary>Starts the span of an attempt. Links are signed, so that their hosts and paths are not recorded.</summary>
    private TraceSpan StartSpan(RequestContext context, Uri address)
    {
        string? template = addresses.IsApi(address) ? UrlTemplate.Find(addresses.Api, address) : null;
        string method = context.Request.Method.Method;
        var span = TraceSpan.StartRequest(template is null ? method : $"{method} {template}");
        if (!span.IsRecorded)
            return span;
        span.With(TelemetryAttribute.RequestMethod, method).With(TelemetryAttribute.UrlTemplate, template);
        if (context.AttemptNumber > 1)
            span.With(TelemetryAttribute.ResendCount, context.AttemptNumber - 1);
        return addresses.IsApi(address)
            ? span.With(TelemetryAttribute.ServerAddress, address.Host).With(TelemetryAttribute.ServerPort, address.Port)
            : span;
    }

    private static void RecordResponse(TraceSpan span, HttpRequestMessage message, HttpResponseMessage response)
    {
        ModuleMetrics.AddSent(message.Content?.Headers.ContentLength ?? 0);
        int status = (int)response.StatusCode;
        span.With(TelemetryAttribute.StatusCode, status);
        if (status >= 400)
            span.Fail(status.ToString(CultureInfo.InvariantCulture));
    }

#if !NET
    /// <summary>
    /// .NET Framework cannot customize how connections are opened, so the name is resolved here, and again by the request.
    /// </summary>
    private static async Task RequirePublicAddressAsync(Uri address, LinkedInRequest request)
    {
        System.Net.IPAddress[] addresses;
        try
        {
            addresses = await System.Net.Dns.GetHostAddressesAsync(address.IdnHost).ConfigureAwait(false);
        }
        catch (System.Net.Sockets.SocketException)
        {
            return; // The request reports the error.
        }

        if (!Array.TrueForAll(addresses, PublicAddress.IsPublic))
            throw TransportErrors.CreateNotPublicError(request);
    }
#endif

    private static SanitizedText FormatHeaders(HttpResponseMessage response)
    {
        IEnumerable<string> shown =
            from header in response.Headers.Concat(response.Content?.Headers.AsEnumerable() ?? [])
            where LoggedHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase)
            select $"{header.Key}: {SanitizedText.FromServer(string.Join(", ", header.Value))}";
        return $"HTTP {(int)response.StatusCode}; {string.Join("; ", shown)}";
    }
}
