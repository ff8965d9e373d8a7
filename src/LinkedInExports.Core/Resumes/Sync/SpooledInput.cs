using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Uploads;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>One resume of a run's input.</summary>
/// <param name="CandidateId">As it was given.</param>
/// <param name="ResumeId">As it was given.</param>
/// <param name="CreatedAt">In milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Path">The file, or null.</param>
/// <param name="ResumeFile">LinkedIn's name of the file, or null.</param>
/// <param name="Problem">Why it cannot be sent, or null. What it is apart from its ids then does not matter.</param>
internal sealed record SpooledInput(string CandidateId, string ResumeId, long CreatedAt, string? Path, string? ResumeFile, string? Problem)
{
    private const string BlobUrn = "urn:li:ambryBlob:/";

    /// <summary>Whether its ids are such as LinkedIn can have. Not kept: it counts when the record is added.</summary>
    internal bool HasIds { get; private init; }

    /// <summary>Checks what can be checked without its file.</summary>
    /// <param name="input">As it was given.</param>
    /// <param name="batches">Knows which ids fit into a request.</param>
    internal static SpooledInput Of(ResumeInput input, ResumeBatches batches)
    {
        string? badIds = batches.Problem(input.CandidateId, input.ResumeId);
        string? badTime = Resumes.CreatedAt.Read(input.CreatedAt, out DateTimeOffset createdAt);
        string? problem = badIds ?? badTime ?? Source(input.Path, input.ResumeFile);
        return new SpooledInput(
            input.CandidateId ?? "",
            input.ResumeId ?? "",
            problem is null ? createdAt.ToUnixTimeMilliseconds() : 0,
            string.IsNullOrWhiteSpace(input.Path) ? null : input.Path,
            string.IsNullOrWhiteSpace(input.ResumeFile) ? null : input.ResumeFile!.Trim(),
            problem)
        {
            HasIds = badIds is null,
        };
    }

    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidContract"/>: it has a file to upload, and there is no contract.</exception>
    internal void DemandContract(string? contract)
    {
        if (this is { Problem: null, Path: not null } && contract is null)
        {
            throw new LinkedInException(
                LinkedInErrorId.InvalidContract,
                "Files are uploaded for a contract. Give -Contract, or the ResumeFile of files that are uploaded already.");
        }
    }

    private static string? Source(string? path, string? resumeFile)
    {
        bool hasPath = !string.IsNullOrWhiteSpace(path);
        bool hasFile = !string.IsNullOrWhiteSpace(resumeFile);
        if (hasPath == hasFile)
            return hasPath ? "it has both a Path and a ResumeFile; give one of them" : "it has neither a Path nor a ResumeFile";
        return hasFile && (!resumeFile!.Trim().StartsWith(BlobUrn, StringComparison.Ordinal) || resumeFile.Trim().Length == BlobUrn.Length)
            ? $"ResumeFile is not of the form {BlobUrn}…"
            : hasFile && resumeFile!.Trim().Length > ResumeUploads.MaxResumeFileLength
                ? $"ResumeFile has more than {ResumeUploads.MaxResumeFileLength} characters"
                : null;
    }
}
