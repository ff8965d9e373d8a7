using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Faults;

/// <summary>Replaces placeholders in the texts of faults by parts of the request.</summary>
internal static class Placeholders
{
    public static string Fill(string text, EmulatorRequest request, SignedLinkStore links)
    {
        if (!text.Contains("${", StringComparison.Ordinal))
            return text;
        string authorization = request.Headers.Authorization.ToString();
        return text.Replace(
                "${token}",
                authorization[(authorization.IndexOf(' ', StringComparison.Ordinal) + 1)..],
                StringComparison.Ordinal
            )
            .Replace("${target}", request.RawTarget, StringComparison.Ordinal)
            .Replace("${body}", System.Text.Encoding.UTF8.GetString(request.Body), StringComparison.Ordinal)
            .Replace("${link}", links.NewestUrl ?? "", StringComparison.Ordinal);
    }
}
