using System.Runtime.InteropServices;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>Stores resumes, and counts writes and deletes.</summary>
internal sealed class ResumeStore(BlobStore blobs, EmulatorOptions options)
{
    // In 1973. A smaller number of milliseconds is probably a number of seconds, which does not reach this value for 3,000 years.
    private const long MinMilliseconds = 100_000_000_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<EmulatedResumeKey, StoredResume> _resumes = [];
    private readonly Dictionary<string, string> _contexts = new(StringComparer.Ordinal);
    private long _upserts;
    private long _deletes;

    public int Count
    {
        get
        {
            lock (_lock)
                return _resumes.Count;
        }
    }

    /// <summary>The number of written records, including repetitions.</summary>
    public long Upserts => Interlocked.Read(ref _upserts);

    public long Deletes => Interlocked.Read(ref _deletes);

    public StoredResume? Find(EmulatedResumeKey key)
    {
        lock (_lock)
            return _resumes.TryGetValue(key, out StoredResume resume) ? resume : null;
    }

    /// <summary>Gets all resumes. The order does not change until a resume is added or deleted.</summary>
    public IReadOnlyList<KeyValuePair<EmulatedResumeKey, StoredResume>> Snapshot()
    {
        lock (_lock)
            return [.. _resumes];
    }

    /// <summary>Creates or replaces a resume.</summary>
    public ResumeOutcome Upsert(EmulatedResumeKey key, ResumeEntity entity)
    {
        if (key.Problem is { } badKey)
            return ResumeOutcome.BadRequest(badKey);
        if (options.RefuseSeconds && entity.CreatedAt < MinMilliseconds)
            return ResumeOutcome.BadRequest("tcrmCreatedAt is not in epoch milliseconds");
        if (BlobUrn.Parse(entity.ResumeFile) is not { } location)
            return ResumeOutcome.BadRequest($"resumeFile '{entity.ResumeFile}' cannot be coerced to AmbryBlobUrn");
        if (blobs.Find(location) is not { } blob)
            return ResumeOutcome.BadRequest("resumeFile is not accessible");
        lock (_lock)
        {
            ref StoredResume resume = ref CollectionsMarshal.GetValueRefOrAddDefault(_resumes, ToStoredKey(key), out _);
            resume = new(blob, entity.CreatedAt, resume.TimesWritten + 1);
            _upserts++;
        }

        return ResumeOutcome.Success;
    }

    public ResumeOutcome Delete(EmulatedResumeKey key)
    {
        if (key.Problem is { } badKey)
            return ResumeOutcome.BadRequest(badKey);
        lock (_lock)
        {
            if (_resumes.Remove(key))
                _deletes++;
            else if (!options.DeleteUnknownSucceeds)
                return new(404, "Candidate resume does not exist");
        }

        return ResumeOutcome.Success;
    }

    // Interned, because many keys have the same organization.
    private EmulatedResumeKey ToStoredKey(EmulatedResumeKey key)
    {
        if (!_contexts.TryGetValue(key.IntegrationContext!, out string? context))
            _contexts[key.IntegrationContext!] = context = key.IntegrationContext!;
        return key with { IntegrationContext = context, DataProvider = EmulatedResumeKey.Partner };
    }
}
