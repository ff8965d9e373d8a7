namespace LinkedInExports.HelpBuilder.Markdown;

/// <summary>A heading and what stands under it, as it is written.</summary>
internal sealed record Section(string Title, string Text);

/// <summary>A piece of text that stands for itself.</summary>
internal abstract record Block
{
    internal sealed record Paragraph(string Text) : Block;

    internal sealed record Bullet(string Text) : Block;

    internal sealed record Code(string Language, string Text) : Block
    {
        /// <summary>Whether a reader would type it, and not see it.</summary>
        internal bool IsCommand => Language is "powershell";
    }
}
