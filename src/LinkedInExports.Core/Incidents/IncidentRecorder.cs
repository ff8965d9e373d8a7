using System.Diagnostics;
using System.Globalization;
using System.Text;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Incidents;

/// <summary>
/// Keeps the newest exchanges and commands of a connection in memory, reduced to what reproduces a failure: no value of a request
/// or response is kept. Thread-safe.
/// </summary>
public sealed class IncidentRecorder
{
    private const int MaxExchanges = 400;
    private const int MaxBytes = 1536 * 1024;
    private const int MaxCommands = 20;
    private const int MaxRequestBytes = 256 * 1024;

    private readonly object _gate = new();
    private readonly Queue<Exchange> _exchanges = [];
    private readonly Queue<RecordedCommand> _commands = [];
    private readonly long _started;
    private long _omitted;
    private int _size;
    private IncidentError? _error;

    /// <summary>Initializes a recorder without exchanges.</summary>
    public IncidentRecorder()
        : this(TimeProvider.System) { }

    internal IncidentRecorder(TimeProvider time)
        : this(time, new WordCipher()) { }

    internal IncidentRecorder(TimeProvider time, WordCipher cipher)
    {
        Time = time;
        Reducers = new IncidentReducers(cipher, time.GetUtcNow());
        _started = time.GetTimestamp();
    }

    /// <summary>The folder to which each command with an error writes a file, or null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether nothing was recorded.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _exchanges.Count == 0;
        }
    }

    internal TimeProvider Time { get; }

    internal IncidentReducers Reducers { get; }

    /// <summary>The approximate memory of the exchanges in bytes.</summary>
    internal int Size
    {
        get
        {
            lock (_gate)
                return _size;
        }
    }

    /// <summary>Records a command without the values of its parameters.</summary>
    /// <param name="name">The name of the command.</param>
    /// <param name="parameters">The names of the parameters.</param>
    public void AddCommand(string name, IEnumerable<string> parameters)
    {
        lock (_gate)
        {
            _commands.Enqueue(new RecordedCommand(name, [.. parameters]));
            if (_commands.Count > MaxCommands)
                _commands.Dequeue();
        }
    }

    /// <summary>Records the error of a command. The newest one is written to the file.</summary>
    public void AddError(IncidentError error)
    {
        lock (_gate)
            _error = error;
    }

    /// <summary>
    /// Writes the incident with the newest error to a file. Except on Windows, only the current user can access it.
    /// </summary>
    /// <param name="path">The full path of the file. An existing file is replaced.</param>
    /// <param name="versions">The versions of the module, PowerShell and the operating system.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    public void Save(string path, IncidentVersions versions) => IncidentFile.Write(FileSystem.Real, path, Snapshot(versions));

    /// <summary>Writes the incident with another error than the newest one, which may be that of another command.</summary>
    /// <param name="path">The full path of the file. An existing file is replaced.</param>
    /// <param name="error">The error.</param>
    /// <param name="versions">The versions of the module, PowerShell and the operating system.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    public void Save(string path, IncidentError error, IncidentVersions versions) =>
        IncidentFile.Write(FileSystem.Real, path, Snapshot(versions, error));

    /// <summary>Writes the incident of a command to a new file of the folder, which is created if it does not exist.</summary>
    /// <returns>The full path of the file.</returns>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    public string SaveToFolder(IncidentError error, IncidentVersions versions)
    {
        string time = Time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        string path = Path.Combine(Folder!, $"incident-{time}-{error.Command}-{error.Id}.json");
        FileErrors.TranslateWrite(path, () => FileSystem.Real.CreateDirectory(Folder!));
        Save(path, error, versions);
        return path;
    }

    /// <summary>Creates a handler that records the exchanges with a network.</summary>
    internal HttpMessageHandler CreateHandler(HttpMessageHandler network) => new RecordingHandler(network, this);

    /// <summary>Records a request.</summary>
    /// <returns>The recorder of the response, or null if the request cannot be recorded.</returns>
    internal async Task<ExchangeRecorder?> TryBeginAsync(HttpRequestMessage request)
    {
        try
        {
            (Exchange exchange, bool isLink) = await ReduceAsync(request).ConfigureAwait(false);
            lock (_gate)
            {
                _exchanges.Enqueue(exchange);
                _size += (exchange.CountedSize = exchange.Size).Value;
                Trim();
            }

            return new ExchangeRecorder(this, exchange, isFile: isLink && request.Method == HttpMethod.Get);
        }
        catch (Exception) when (!Debugger.IsAttached)
        {
            // Recording never affects a request.
            lock (_gate)
                _omitted++;
            return null;
        }
    }

    /// <summary>Counts the memory of an exchange again.</summary>
    internal void Resize(Exchange exchange)
    {
        lock (_gate)
        {
            if (exchange.CountedSize is not { } before)
                return;
            _size += (exchange.CountedSize = exchange.Size).Value - before;
            Trim();
        }
    }

    /// <summary>Copies the current state.</summary>
    /// <param name="versions">The versions of the module, PowerShell and the operating system.</param>
    /// <param name="error">The error; null for the newest one.</param>
    internal Incident Snapshot(IncidentVersions versions, IncidentError? error = null)
    {
        lock (_gate)
        {
            return new Incident
            {
                CreatedAt = Time.GetUtcNow(),
                Versions = versions,
                Error = error ?? _error,
                Commands = [.. _commands],
                Exchanges = [.. _exchanges],
                OmittedExchanges = _omitted,
            };
        }
    }

    /// <summary>Removes the oldest exchanges when there are too many.</summary>
    private void Trim()
    {
        while (_exchanges.Count > MaxExchanges || _size > MaxBytes)
        {
            Exchange oldest = _exchanges.Dequeue();
            _size -= oldest.CountedSize ?? 0;
            oldest.CountedSize = null;
            _omitted++;
        }
    }

    private async Task<(Exchange Exchange, bool IsLink)> ReduceAsync(HttpRequestMessage request)
    {
        DateTimeOffset now = Time.GetUtcNow();
        Uri address = request.RequestUri!;
        string path = Reducers.Pseudonymizer.PseudonymizePath(address, out bool isLink);
        var exchange = new Exchange
        {
            At = Time.GetElapsedTime(_started),
            Method = request.Method.Method,
            Path = path,
            Query = isLink ? "" : Reducers.Pseudonymizer.PseudonymizeFields(address.Query.TrimStart('?')),
            Headers = Reducers.Headers.Reduce(request, now),
            Body = request.Content is { } content ? await ReduceAsync(content).ConfigureAwait(false) : null,
        };
        return (exchange, isLink);
    }

    /// <summary>Documents and long bodies are not read: only their length is recorded.</summary>
    private async Task<RecordedBody?> ReduceAsync(HttpContent content)
    {
        long length = content.Headers.ContentLength ?? 0;
        if (content is not ByteArrayContent || length > MaxRequestBytes)
            return new RecordedBody { Length = length };
        byte[] bytes = await content.ReadAsByteArrayAsync().ConfigureAwait(false);
        return Reducers.Json.TryReduce(bytes) is { } json
            ? new RecordedBody { Json = json }
            : new RecordedBody { Text = Reducers.Pseudonymizer.PseudonymizeFields(Encoding.UTF8.GetString(bytes)) };
    }
}

/// <summary>A command with the names of its parameters.</summary>
internal sealed record RecordedCommand(string Name, string[] Parameters);
