using System.Text;
using LinkedInExports.HelpBuilder.Markdown;

namespace LinkedInExports.HelpBuilder.Topics;

/// <summary>Writes an about topic as the plain text that Get-Help shows.</summary>
internal static class AboutTopic
{
    private const int Width = 78;
    private const string Indent = "    ";

    internal static string Write(string name, string markdown)
    {
        // Get-Help reads the synopsis from the fifth line.
        var text = new StringBuilder($"TOPIC\n{Indent}{name}\n\n");
        foreach (Section section in MarkdownText.Sections(markdown, 2))
        {
            text.Append(section.Title).Append('\n');
            WriteBlocks(text, MarkdownText.ReadIntroduction(section.Text, 3));
            foreach (Section part in MarkdownText.Sections(section.Text, 3))
            {
                text.Append("  ").Append(MarkdownText.ToPlainText(part.Title)).Append('\n');
                WriteBlocks(text, part.Text);
            }
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void WriteBlocks(StringBuilder text, string markdown)
    {
        Block? last = null;
        foreach (Block block in MarkdownText.Blocks(markdown))
        {
            if (last is not null && !(last is Block.Bullet && block is Block.Bullet))
                text.Append('\n');
            switch (block)
            {
                case Block.Paragraph paragraph:
                    Wrap(text, paragraph.Text, Indent, Indent);
                    break;
                case Block.Bullet bullet:
                    Wrap(text, bullet.Text, Indent + "- ", Indent + "  ");
                    break;
                case Block.Code code:
                    foreach (string line in MarkdownText.Lines(code.Text))
                        text.Append((Indent + Indent + line).TrimEnd()).Append('\n');
                    break;
            }

            last = block;
        }

        if (last is not null)
            text.Append('\n');
    }

    private static void Wrap(StringBuilder text, string words, string first, string others)
    {
        string line = first;
        bool isEmpty = true;
        foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line = others;
                isEmpty = true;
            }

            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }

        text.Append(line).Append('\n');
    }
}
