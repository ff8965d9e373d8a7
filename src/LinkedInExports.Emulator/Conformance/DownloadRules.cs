using System.Text;
using System.Text.RegularExpressions;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Files;

namespace LinkedInExports.Emulator.Conformance;

/// <summary>Whether each job of which a file was requested was downloaded completely. Judged at the end.</summary>
internal sealed partial class DownloadRules
{
    private readonly Dictionary<string, (string Job, int Part)> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool[]> _jobs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _started = new(StringComparer.Ordinal);

    /// <summary>Records the links of a completed job, and the beginning of a download.</summary>
    public void Observe(ObservedExchange exchange)
    {
        if (FindFile(exchange) is { } file)
            _started.Add(file.Job);
        else if (exchange is { IsApi: true, Status: 200 } && exchange.Resource.EndsWith("ExportJobs", StringComparison.Ordinal))
            AddLinks(exchange);
    }

    /// <summary>Records that a response was sent to its end.</summary>
    public void Complete(ObservedExchange exchange)
    {
        // The number of links of a job may have changed after the request.
        if (FindFile(exchange) is { } file && file.Part < _jobs[file.Job].Length)
            _jobs[file.Job][file.Part] = true;
    }

    /// <summary>Gets the verdict of each job of which a file was requested.</summary>
    public IEnumerable<(string Job, Verdict Verdict)> Judge() =>
        from job in _started
        let parts = _jobs[job]
        let missing = parts.Count(isCompleted => !isCompleted)
        select (job, Verdict.From(missing == 0 ? null : $"{missing} of {parts.Length} files were not received completely"));

    private void AddLinks(ObservedExchange exchange)
    {
        MatchCollection links = Signature().Matches(Encoding.UTF8.GetString(exchange.Response.Body.ToArray()));
        if (links.Count == 0)
            return;
        string job = exchange.Request.Path;
        if (!_jobs.TryGetValue(job, out bool[]? parts) || parts.Length != links.Count)
            _jobs[job] = new bool[links.Count];
        for (int part = 0; part < links.Count; part++)
            _links[links[part].Groups[1].Value] = (job, part);
    }

    private (string Job, int Part)? FindFile(ObservedExchange exchange) =>
        exchange.Request.Path == DownloadEndpoint.Path
        && exchange.Status is 200 or 206
        && _links.TryGetValue(Signature().Match(exchange.Request.Query).Groups[1].Value, out (string Job, int Part) file)
            ? file
            : null;

    [GeneratedRegex("x-li-ambry-ep=([^&\"\\\\]+)")]
    private static partial Regex Signature();
}
