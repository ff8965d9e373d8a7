using System.Text.RegularExpressions;

namespace LinkedInExports.HelpBuilder.Markdown;

/// <summary>Parses the subset of Markdown in the help pages: headings, paragraphs, bullets and code fences.</summary>
internal static partial class MarkdownText
{
    private const string Fence = "```";

    /// <summary>Splits a text into lines, with any line endings.</summary>
    internal static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>
    /// Gets the sections of a heading level with their deeper sections. The text before the first heading is omitted.
    /// </summary>
    internal static IReadOnlyList<Section> Sections(string text, int level)
    {
        string mark = new string('#', level) + " ";
        var sections = new List<(string Title, List<string> Lines)>();
        bool isInFence = false;
        foreach (string line in Lines(text))
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
                isInFence = !isInFence;
            if (!isInFence && line.StartsWith(mark, StringComparison.Ordinal))
                sections.Add((line[mark.Length..].Trim(), []));
            else if (sections.Count > 0)
                sections[^1].Lines.Add(line);
        }

        return [.. sections.Select(section => new Section(section.Title, string.Join("\n", section.Lines).Trim('\n')))];
    }

    /// <summary>Gets the text before the first heading of a level.</summary>
    internal static string ReadIntroduction(string text, int level)
    {
        string mark = new string('#', level) + " ";
        return string.Join("\n", Lines(text).TakeWhile(line => !line.StartsWith(mark, StringComparison.Ordinal))).Trim('\n');
    }

    /// <summary>Gets the paragraphs, bullets and code blocks in order.</summary>
    internal static IReadOnlyList<Block> Blocks(string text)
    {
        var blocks = new List<Block>();
        Queue<string> lines = new(Lines(text));
        while (lines.TryDequeue(out string? line))
        {
            if (line.Length == 0)
                continue;
            if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                blocks.Add(new Block.Code(line[Fence.Length..].Trim(), ReadCode(lines)));
                continue;
            }

            string rest = ReadParagraph(lines);
            string paragraph = rest.Length == 0 ? line.Trim() : line.Trim() + " " + rest;
            blocks.Add(
                paragraph.StartsWith("- ", StringComparison.Ordinal)
                    ? new Block.Bullet(ToPlainText(paragraph[2..]))
                    : new Block.Paragraph(ToPlainText(paragraph))
            );
        }

        return blocks;
    }

    /// <summary>Removes the marks of code and emphasis, and appends the URLs of links in parentheses.</summary>
    internal static string ToPlainText(string text)
    {
        string linked = Link()
            .Replace(
                text,
                link =>
                    link.Groups["uri"].Value.StartsWith("http", StringComparison.Ordinal)
                    && link.Groups["uri"].Value != link.Groups["text"].Value
                        ? $"{link.Groups["text"].Value} ({link.Groups["uri"].Value})"
                        : link.Groups["text"].Value
            );
        return linked.Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<uri>[^)\s]+)\)", RegexOptions.CultureInvariant)]
    internal static partial Regex Link();

    private static string ReadCode(Queue<string> lines)
    {
        var code = new List<string>();
        while (lines.TryDequeue(out string? line))
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal))
                return string.Join("\n", code).TrimEnd('\n');
            code.Add(line);
        }

        throw new FormatException("A code fence is not closed.");
    }

    private static string ReadParagraph(Queue<string> lines)
    {
        var words = new List<string>();
        while (
            lines.TryPeek(out string? next)
            && next.Length > 0
            && !next.StartsWith(Fence, StringComparison.Ordinal)
            && !next.StartsWith("- ", StringComparison.Ordinal)
        )
        {
            words.Add(lines.Dequeue().Trim());
        }

        return string.Join(" ", words);
    }
}
