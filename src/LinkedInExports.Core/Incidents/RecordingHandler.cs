namespace LinkedInExports.Core.Incidents;

/// <summary>Records the exchanges of a connection.</summary>
internal sealed class RecordingHandler(HttpMessageHandler network, IncidentRecorder recorder) : DelegatingHandler(network)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ExchangeRecorder? exchange = await recorder.TryBeginAsync(request).ConfigureAwait(false);
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (exchange is not null)
                await exchange.ReceiveAsync(response, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch (Exception exception)
        {
            exchange?.Fail(exception);
            throw;
        }
    }
}
