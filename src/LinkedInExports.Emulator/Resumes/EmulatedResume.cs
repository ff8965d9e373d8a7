namespace LinkedInExports.Emulator.Resumes;

/// <summary>A candidate resume as it stands, as tests see it.</summary>
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

    /// <summary>The file it was last written with, which may be gone by now.</summary>
    public EmulatedBlob File => new(_resume.File);

    /// <summary><c>tcrmCreatedAt</c>, epoch milliseconds.</summary>
    public long CreatedAt => _resume.CreatedAt;

    /// <summary>How often it was written since it was created.</summary>
    public int TimesWritten => _resume.TimesWritten;
}
