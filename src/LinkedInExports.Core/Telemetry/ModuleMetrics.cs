using System.Collections.Concurrent;
#if NET
using System.Diagnostics.Metrics;
#endif

namespace LinkedInExports.Core.Telemetry;

/// <summary>The instruments of the module. Each value is also added to the totals of the command that causes it.</summary>
internal static class ModuleMetrics
{
    private static readonly Counter<long> Received = TelemetrySource.Metrics.CreateCounter<long>(
        "linkedin.received",
        "By",
        "The bytes of response bodies."
    );

    private static readonly Counter<long> Sent = TelemetrySource.Metrics.CreateCounter<long>(
        "linkedin.sent",
        "By",
        "The bytes of request bodies."
    );

    private static readonly Counter<long> Rows = TelemetrySource.Metrics.CreateCounter<long>(
        "linkedin.rows",
        "{row}",
        "The rows of saved files."
    );

    private static readonly Counter<double> Throttled = TelemetrySource.Metrics.CreateCounter<double>(
        "linkedin.throttled",
        "s",
        "The time in which requests waited for LinkedIn's limits."
    );

    private static readonly ConcurrentDictionary<int, WeakReference<IConnectionState>> Connections = new();

    private static int _lastConnection;

    static ModuleMetrics() =>
        TelemetrySource.Metrics.CreateObservableGauge(
            "linkedin.requests.remaining",
            GetRemainingRequests,
            "{request}",
            "The resume requests that the day still allows."
        );

    internal static void AddReceived(long bytes)
    {
        Received.Add(bytes);
        CommandTotals.Current?.AddReceived(bytes);
    }

    internal static void AddSent(long bytes)
    {
        Sent.Add(bytes);
        CommandTotals.Current?.AddSent(bytes);
    }

    internal static void AddRows(long rows, string exportType)
    {
        Rows.Add(rows, CreateTag(TelemetryAttribute.ExportType, exportType));
        CommandTotals.Current?.AddRows(rows);
    }

    internal static void AddThrottled(TimeSpan time, string reason) =>
        Throttled.Add(time.TotalSeconds, CreateTag(TelemetryAttribute.ThrottleReason, reason));

    /// <summary>Adds a connection to the gauge of remaining requests, as long as it is in use.</summary>
    /// <returns>The number of the connection in this process.</returns>
    internal static int AddConnection(IConnectionState connection)
    {
        int number = Interlocked.Increment(ref _lastConnection);
        Connections[number] = new WeakReference<IConnectionState>(connection);
        return number;
    }

    internal static void RemoveConnection(int number) => Connections.TryRemove(number, out _);

    private static KeyValuePair<string, object?> CreateTag(string name, object value) => new(name, value);

    private static IEnumerable<Measurement<int>> GetRemainingRequests()
    {
        foreach (KeyValuePair<int, WeakReference<IConnectionState>> connection in Connections)
        {
            if (!connection.Value.TryGetTarget(out IConnectionState? state))
            {
                RemoveConnection(connection.Key);
                continue;
            }

            KeyValuePair<string, object?> tag = CreateTag(TelemetryAttribute.Connection, connection.Key);
            yield return new Measurement<int>(state.RemainingRequests, tag);
        }
    }
}
