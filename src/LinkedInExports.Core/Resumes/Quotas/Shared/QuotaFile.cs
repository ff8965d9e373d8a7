using System.Text;
using System.Text.Json;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Resumes.Quotas.Shared;

/// <summary>
/// A file in the user's data folder, in which the processes of a machine count their usage of LinkedIn's limits. It has no
/// secrets: its name is a hash of the API and the application.
/// </summary>
/// <param name="files">The file system.</param>
/// <param name="folder">The folder, which is created if it does not exist.</param>
/// <param name="api">Host and port of the API.</param>
/// <param name="application">The client id of the application, or the token if it is not known.</param>
/// <param name="time">The clock.</param>
internal sealed class QuotaFile(FileSystem files, string folder, string api, string application, TimeProvider time) : ISharedQuota
{
    /// <summary>The requests that a process takes at once, so that it does not open the file for each request.</summary>
    private const int MaxRequestsAtOnce = 100;

    /// <summary>Of the remaining requests of a day, a process takes a part only, so that the others can use the rest.</summary>
    private const int ShareOfRemaining = 16;

    /// <summary>While batches are being sent, the time until one is completed is not known.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan KeptUnused = TimeSpan.FromDays(7);

    private readonly string _path = Path.Combine(folder, $"quota-{GetHash($"{api}\n{application}")}.json");
    private bool _hasFailed;
    private string? _problem;

    public int TakeRequests(long day, int limit, int atLeast) =>
        Update(
            usage =>
            {
                int remaining = limit - usage.GetRequests(day);
                int requests =
                    remaining < atLeast ? 0 : Math.Max(atLeast, Math.Min(MaxRequestsAtOnce, remaining / ShareOfRemaining));
                usage.AddRequests(day, requests);
                return requests;
            },
            whenFailed: Math.Max(atLeast, MaxRequestsAtOnce)
        );

    public void AddRequests(long day, int requests) =>
        Update(
            usage =>
            {
                usage.AddRequests(day, requests);
                return 0;
            },
            whenFailed: 0
        );

    // Displaying a connection creates no file.
    public int GetTakenRequests(long day) => File.Exists(_path) ? Update(usage => usage.GetRequests(day), whenFailed: 0) : 0;

    public TimeSpan TryAddBatch(Guid batch, int records, int limit)
    {
        TimeSpan wait = Update(usage => usage.TryAddBatch(batch, records, limit, time.GetUtcNow()), whenFailed: TimeSpan.Zero);
        return wait < LongestWait ? wait : LongestWait;
    }

    public void CompleteBatch(Guid batch) =>
        Update(
            usage =>
            {
                usage.CompleteBatch(batch, time.GetUtcNow());
                return 0;
            },
            whenFailed: 0
        );

    public void ReportProblem(IDiagnostics diagnostics)
    {
        if (Interlocked.Exchange(ref _problem, null) is { } problem)
            diagnostics.Warning($"LinkedIn's quotas are not shared with other processes of this machine: {problem}");
    }

    /// <summary>Changes the file while no other process can. After a failure, it is no longer used.</summary>
    private T Update<T>(Func<SharedUsage, T> change, T whenFailed)
    {
        if (_hasFailed)
            return whenFailed;
        try
        {
            files.CreatePrivateDirectory(folder);
            using Stream stream = LockedFile.Open(files, _path);
            SharedUsage usage = Read(stream);
            T result = change(usage);
            byte[] content = JsonSerializer.SerializeToUtf8Bytes(usage, SharedUsageJson.Default.SharedUsage);
            stream.Position = 0;
            stream.Write(content, 0, content.Length);
            stream.SetLength(content.Length);
            return result;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _hasFailed = true;
            _problem = exception.Message;
            return whenFailed;
        }
    }

    private SharedUsage Read(Stream stream)
    {
        try
        {
            if (stream.Length > 0)
                return JsonSerializer.Deserialize(stream, SharedUsageJson.Default.SharedUsage) ?? new SharedUsage();
            DeleteOldFiles();
        }
        catch (JsonException)
        {
            _problem = $"{_path} was damaged, for example by a power failure. Counting restarts.";
        }

        return new SharedUsage();
    }

    /// <summary>Each access token without a client id has a file, which is useless after the token has expired.</summary>
    private void DeleteOldFiles()
    {
        foreach (string file in Directory.EnumerateFiles(folder, "quota-*.json"))
        {
            if (EmulatorClock.GetSystem(time).GetUtcNow() - File.GetLastWriteTimeUtc(file) > KeptUnused)
                files.Delete(file);
        }
    }

    private static string GetHash(string text) => Sha256Hash.ComputeHex(Encoding.UTF8.GetBytes(text)).Substring(0, 16);
}
