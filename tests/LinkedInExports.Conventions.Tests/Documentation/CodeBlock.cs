using System.Text.RegularExpressions;

namespace LinkedInExports.Conventions.Tests.Documentation;

/// <summary>A code block of a page, with the output that the page shows below it.</summary>
/// <param name="Language">The word after the fence.</param>
/// <param name="Code">The lines of the block.</param>
/// <param name="Output">The block after it if its language is <c>output</c>, or null.</param>
/// <param name="ReasonNotToRun">The text of the comment <c>not run: …</c> before the block, or null.</param>
internal sealed partial record CodeBlock(string Language, string Code, string? Output, string? ReasonNotToRun)
{
    /// <summary>Determines whether the example printed what the page shows. A line <c>...</c> represents any lines.</summary>
    internal bool IsShown(string printed)
    {
        string pattern = Regex.Escape(Normalize(Output ?? "")).Replace(@"\n\.\.\.\n", @"\n(.*\n)*?", StringComparison.Ordinal);
        return Regex.IsMatch(Normalize(printed), $"^{pattern}$");
    }

    /// <summary>Replaces what differs from run to run: times, GUIDs, hashes, folders and addresses.</summary>
    internal static string Normalize(string output)
    {
        string text = AnsiCode().Replace(output.ReplaceLineEndings("\n"), "");
        text = string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0));
        return Variable()
            .Replace(text, match => match.Groups.Values.Skip(1).First(group => group.Success && group.Name != "0").Name);
    }

    [GeneratedRegex("\e\\[[0-9;]*m")]
    private static partial Regex AnsiCode();

    [GeneratedRegex(
        @"(?<guid>\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)|(?<hash>\b[0-9a-f]{64}\b)"
            + @"|(?<time>\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( UTC|Z|\b))|(?<date>\b\d{4}-\d{2}-\d{2}\b)"
            + @"|(?<duration>\b\d{2}:\d{2}:\d{2}\b)|(?<age>\b\d+ s ago\b( {2,})?)|(?<address>\bhttp://127\.0\.0\.1:\d+(/v2/ *)?)",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Variable();
}
