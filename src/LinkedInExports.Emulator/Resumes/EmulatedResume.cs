namespace LinkedInExports.Emulator.Resumes;

/// <summary>A candidate resume, for tests.</summary>
public sealed class EmulatedResume
{
    private readonly EmulatedResumeKey _key;
    private readonly StoredResume _resume;

    internal EmulatedResume(EmulatedResumeKey key, StoredResume resume)
    {
        (_key, _resume) = (key, resume);
    }

    /// <summary><c>tcrmCandidateId</c>.</summary>
    public string CandidateId => _key.CandidateId!;

    /// <summary><c>tcrmResumeId</c>.</summary>
    public string ResumeId => _key.ResumeId!;

    /// <summary><c>integrationContext</c>, <c>urn:li:organization:{id}</c>.</summary>
    public string IntegrationContext => _key.IntegrationContext!;

    /// <summary>The file of the last write, which can have expired.</summary>
    public EmulatedBlob File => new(_resume.File);

    /// <summary><c>tcrmCreatedAt</c> in epoch milliseconds.</summary>
    public long CreatedAt => _resume.CreatedAt;

    /// <summary>The number of writes since the resume was created.</summary>
    public int TimesWritten => _resume.TimesWritten;
}
