namespace LinkedInExports.HelpBuilder;

/// <summary>A help file with its expected text.</summary>
internal sealed record HelpFile(string Path, string Text)
{
    internal bool IsUpToDate => File.Exists(Path) && File.ReadAllText(Path).ReplaceLineEndings("\n") == Text;

    internal void Write()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, Text);
    }
}
