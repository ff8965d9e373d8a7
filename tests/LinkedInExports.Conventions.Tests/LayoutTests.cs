using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>What the formatter leaves open: text that it does not break, and the length of files.</summary>
public sealed class LayoutTests
{
    private const int MaxLineLength = 130;
    private const int MaxLines = 300;

    /// <summary>Wire data and addresses without a space in this many characters are not broken.</summary>
    private const int MinUnbrokenText = 80;

    [Fact]
    public void CodeFiles_AllLines_HaveAtMost130Characters()
    {
        string[] tooLong =
        [
            .. from file in GetCodeFiles()
            from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
            where line.Text.Length > MaxLineLength
            where line.Text.Split(' ').Max(word => word.Length) < MinUnbrokenText
            select $"{GetName(file)}:{line.Number} has {line.Text.Length} characters. Divide it.",
        ];
        Assert.True(tooLong.Length == 0, string.Join("\n", tooLong));
    }

    [Fact]
    public void CodeFiles_All_HaveAtMost300Lines()
    {
        string[] tooLong =
        [
            .. from file in GetCodeFiles()
            let lines = File.ReadLines(file).Count()
            where lines > MaxLines
            select $"{GetName(file)} has {lines} lines. Divide it by what changes together.",
        ];
        Assert.True(tooLong.Length == 0, string.Join("\n", tooLong));
    }

    private static string[] GetCodeFiles()
    {
        string[] files =
        [
            .. from folder in new[] { "src", "tests", "module" }
            from extension in new[] { "*.cs", "*.ps1", "*.psm1" }
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), extension, SearchOption.AllDirectories)
            let name = GetName(file)
            where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal)
            where !name.Contains("/StrykerOutput/", StringComparison.Ordinal)
            select file,
        ];
        Assert.True(files.Length > 500, $"There are only {files.Length} code files: the search is wrong.");
        return files;
    }

    private static string GetName(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
}
