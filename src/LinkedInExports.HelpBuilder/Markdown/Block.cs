namespace LinkedInExports.HelpBuilder.Markdown;

/// <summary>A heading with the Markdown below it.</summary>
internal sealed record Section(string Title, string Text);

/// <summary>A block of Markdown.</summary>
internal abstract record Block
{
    internal sealed record Paragraph(string Text) : Block;

    internal sealed record Bullet(string Text) : Block;

    internal sealed record Code(string Language, string Text) : Block
    {
        /// <summary>Whether the code is a command that the reader can run, and not output.</summary>
        internal bool IsCommand => Language is "powershell";
    }
}
