using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Telemetry;

/// <summary>What listeners of .NET's own events see of an export.</summary>
public sealed class EventSourceTests
{
    [Fact]
    public async Task Export_WithAllEventSources_ShowsNoSecrets()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        using var events = new AllEvents();
        using var requests = new DiagnosticRequests();
        using IDisposable subscription = DiagnosticListener.AllListeners.Subscribe(requests);

        ExportJob job = await fixture.CreateAndWaitAsync();
        await fixture.SaveAsync(job);

        string all = string.Join('\n', events.Texts);
        Assert.Contains("System.Net.Http", all, StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.Emulator.AccessToken, all, StringComparison.Ordinal);
        string withoutQueries = string.Join('\n', events.Texts.Where(text => !HasQueries(text)));
        Assert.DoesNotContain("0b7c1f52", withoutQueries, StringComparison.Ordinal);
        Assert.All(
            job.DownloadUrls,
            url => Assert.DoesNotContain(url.GetUri().Query.Split('=')[1], withoutQueries, StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            requests.Addresses,
            address => address.StartsWith(fixture.Emulator.BaseUri.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
        );
    }

    /// <summary>Whether an event can have the query of a request: one of .NET 8, as docs/observability.md says.</summary>
    private static bool HasQueries(string text) =>
        Environment.Version.Major < 9 && text.StartsWith("System.Net.Http ", StringComparison.Ordinal);

    /// <summary>
    /// Receives the events of all sources, except the private ones of .NET, which contain headers, and those of the runtime.
    /// </summary>
    private sealed class AllEvents : EventListener
    {
        private readonly ConcurrentQueue<string> _texts = new();

        internal IEnumerable<string> Texts => _texts;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name.StartsWith("System.", StringComparison.Ordinal))
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            // The base constructor enables sources before the field of this class is set.
            _texts?.Enqueue($"{eventData.EventSource.Name} {string.Join(' ', eventData.Payload ?? new([]))}");
    }

    /// <summary>Receives requests from the diagnostic listeners of .NET, which profilers use.</summary>
    private sealed class DiagnosticRequests : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly ConcurrentQueue<string> _addresses = new();
        private readonly ConcurrentQueue<IDisposable> _subscriptions = new();

        internal IEnumerable<string> Addresses => _addresses;

        public void OnNext(DiagnosticListener value) => _subscriptions.Enqueue(value.Subscribe(this));

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value?.GetType().GetProperty("Request")?.GetValue(value.Value) is HttpRequestMessage request)
                _addresses.Enqueue(request.RequestUri!.AbsoluteUri);
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }

        public void Dispose()
        {
            foreach (IDisposable subscription in _subscriptions)
                subscription.Dispose();
        }
    }
}
