using System.Text.Json;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>A resume as it is sent.</summary>
/// <param name="ResumeFile">The URN of the file.</param>
/// <param name="CreatedAt">Epoch milliseconds.</param>
internal readonly record struct ResumeEntity(string ResumeFile, long CreatedAt)
{
    /// <returns>What is wrong with the shape, or <c>null</c>.</returns>
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
