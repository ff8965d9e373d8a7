#if NET
using System.Diagnostics;
using System.Diagnostics.Metrics;
#endif

namespace LinkedInExports.Core.Telemetry;

/// <summary>The sources of the module's traces and metrics. They cost nearly nothing without a listener.</summary>
internal static class TelemetrySource
{
    private const string Name = "LinkedInExports";

    private static readonly string Version = typeof(TelemetrySource).Assembly.GetName().Version!.ToString(3);

    internal static readonly ActivitySource Traces = new(Name, Version);

    internal static readonly Meter Metrics = new(Name, Version);
}
