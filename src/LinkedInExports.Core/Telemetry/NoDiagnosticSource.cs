#if !NET
#pragma warning disable CA1822, IDE0060 // The members have the signatures of .NET.

namespace LinkedInExports.Core.Telemetry;

/// <summary>
/// Replaces System.Diagnostics.DiagnosticSource, which .NET Framework does not have. It would be another assembly to ship, so
/// Windows PowerShell has no traces and metrics.
/// </summary>
internal sealed class ActivitySource(string name, string version)
{
    internal string Name => name;

    internal string Version => version;

    internal Activity? StartActivity(string name, ActivityKind kind, ActivityContext parent) => null;
}

internal sealed class Activity : IDisposable
{
    internal static Activity? Current { get; set; }

    internal ActivityContext Context => default;

    internal bool IsStopped => true;

    internal void SetTag(string key, object? value) { }

    internal void SetStartTime(DateTime startTimeUtc) { }

    internal void SetStatus(ActivityStatusCode code) { }

    public void Dispose() { }
}

internal readonly struct ActivityContext;

internal enum ActivityKind
{
    Internal,
    Client,
}

internal enum ActivityStatusCode
{
    Error,
}

internal sealed class Meter(string name, string version)
{
    internal string Name => name;

    internal string Version => version;

    internal Counter<T> CreateCounter<T>(string name, string unit, string description) => new();

    internal object CreateObservableGauge<T>(
        string name,
        Func<IEnumerable<Measurement<T>>> observe,
        string unit,
        string description
    ) => new();
}

internal sealed class Counter<T>
{
    internal void Add(T value) { }

    internal void Add(T value, KeyValuePair<string, object?> tag) { }
}

internal readonly record struct Measurement<T>(T Value, KeyValuePair<string, object?> Tag);
#endif
