using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Resumes;

/// <summary>A resume of the input. It is validated when it is added to a sync.</summary>
public sealed record ResumeInput
{
    private const string BlobUrn = ResumeUploadClient.BlobUrn + "/";

    /// <summary>The candidate's id in the CRM.</summary>
    public string? CandidateId { get; init; }

    /// <summary>The resume's id in the CRM.</summary>
    public string? ResumeId { get; init; }

    /// <summary>
    /// The time at which the record was created in the CRM, in any format that <see cref="Resumes.CreatedAtParser"/> parses.
    /// </summary>
    public object? CreatedAt { get; init; }

    /// <summary>The full path of the file, or null.</summary>
    public string? Path { get; init; }

    /// <summary>LinkedIn's name of a file that is already uploaded, or null.</summary>
    public string? ResumeFile { get; init; }

    /// <summary><see cref="CreatedAt"/> in milliseconds since 1970-01-01T00:00:00Z; 0 in a record that is not valid.</summary>
    internal long CreatedAtMilliseconds { get; init; }

    /// <summary>The reason why the record cannot be sent, or null.</summary>
    internal SyncReason? ValidationError { get; init; }

    /// <summary>Whether the ids are valid, so that the key identifies a record even if it cannot be sent.</summary>
    internal bool HasValidIds { get; init; }

    /// <summary>Validates everything that can be validated without the file.</summary>
    /// <param name="idError">The reason why the ids are invalid, or null.</param>
    /// <returns>The validated record.</returns>
    internal ResumeInput Validate(string? idError)
    {
        string? timeError = Resumes.CreatedAtParser.Parse(CreatedAt, out DateTimeOffset createdAt);
        SyncReason? error =
            CreateError(ResumeSyncReason.InvalidId, idError)
            ?? CreateError(ResumeSyncReason.InvalidDate, timeError)
            ?? CreateError(ResumeSyncReason.InvalidSource, GetSourceError());
        return new ResumeInput
        {
            CandidateId = CandidateId ?? "",
            ResumeId = ResumeId ?? "",
            CreatedAtMilliseconds = error is null ? createdAt.ToUnixTimeMilliseconds() : 0,
            Path = string.IsNullOrWhiteSpace(Path) ? null : Path,
            ResumeFile = string.IsNullOrWhiteSpace(ResumeFile) ? null : ResumeFile!.Trim(),
            ValidationError = error,
            HasValidIds = idError is null,
        };
    }

    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidContract"/>: the file has to be uploaded, and there
    /// is no contract.</exception>
    internal void RequireContract(RecruiterContractUrn? contract)
    {
        if (this is { ValidationError: null, Path: not null } && contract is null)
        {
            throw new LinkedInException(
                LinkedInErrorId.InvalidContract,
                "Uploading a file requires a contract. Specify -Contract, or the ResumeFile of a file that is already uploaded."
            );
        }
    }

    internal ResumeKey GetKey(string integrationContext) => new(integrationContext, CandidateId ?? "", ResumeId ?? "");

    private static SyncReason? CreateError(ResumeSyncReason id, string? text) => text is null ? null : new SyncReason(id, text);

    private string? GetSourceError()
    {
        bool hasPath = !string.IsNullOrWhiteSpace(Path);
        bool hasFile = !string.IsNullOrWhiteSpace(ResumeFile);
        if (hasPath == hasFile)
        {
            return hasPath
                ? "it has both a Path and a ResumeFile; specify one of them"
                : "it has neither a Path nor a ResumeFile";
        }

        if (hasPath)
            return null;
        string file = ResumeFile!.Trim();
        return !file.StartsWith(BlobUrn, StringComparison.Ordinal) || file.Length == BlobUrn.Length
                ? $"ResumeFile does not have the form {BlobUrn}…"
            : file.Length > ResumeUploadClient.MaxResumeFileLength
                ? $"ResumeFile has more than {ResumeUploadClient.MaxResumeFileLength} characters"
            : null;
    }
}
