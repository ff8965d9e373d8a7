using System.Text.Json;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>A resume in a request.</summary>
/// <param name="ResumeFile">The URN of the file.</param>
/// <param name="CreatedAt">The creation time in epoch milliseconds.</param>
internal readonly record struct ResumeEntity(string ResumeFile, long CreatedAt)
{
    /// <returns>An error message for invalid fields, or <c>null</c>.</returns>
    public static string? Read(JsonElement json, string path, out ResumeEntity entity)
    {
        string file = "";
        long createdAt = 0;
        string? problem = StrictBody.Read(
            json,
            path,
            [BodyField.Text("resumeFile", value => file = value), BodyField.Long("tcrmCreatedAt", value => createdAt = value)]
        );
        entity = new(file, createdAt);
        return problem;
    }
}
