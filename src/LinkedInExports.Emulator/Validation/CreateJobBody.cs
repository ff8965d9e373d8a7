using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Validation;

/// <summary>The body of a create request: <c>{"exportStartAt": epoch milliseconds}</c>.</summary>
internal static class CreateJobBody
{
    /// <returns>An error message, or <c>null</c>.</returns>
    public static string? Read(EmulatorRequest request, out long exportStartAt)
    {
        long startAt = 0;
        string? problem = StrictBody.Read(request, BodyField.Long("exportStartAt", value => startAt = value));
        exportStartAt = startAt;
        return problem;
    }
}
