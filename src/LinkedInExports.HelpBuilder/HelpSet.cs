using LinkedInExports.HelpBuilder.Markdown;
using LinkedInExports.HelpBuilder.Metadata;
using LinkedInExports.HelpBuilder.Pages;
using LinkedInExports.HelpBuilder.Topics;
using LinkedInExports.Tooling;

namespace LinkedInExports.HelpBuilder;

/// <summary>All help files of the module: the Markdown pages, and the files that Get-Help reads.</summary>
internal static class HelpSet
{
    internal const string MamlName = "LinkedInExports.dll-Help.xml";

    private const string ErrorTopic = "about_LinkedInExports_Errors";
    private const string ErrorHeading = "## ERRORS";

    /// <summary>The folder of the pages.</summary>
    internal static string SourceFolder { get; } = Path.Combine(Repository.Root, "docs", "en-US");

    internal static string GetPath(Cmdlet command) => Path.Combine(SourceFolder, command.Name + ".md");

    /// <summary>Gets every page with its expected text: prose is kept, and facts about the code are replaced.</summary>
    internal static IReadOnlyList<HelpFile> Pages() =>
        [
            .. CommandPages().Select(page => new HelpFile(GetPath(page.Command), CommandMarkdown.Write(page.Command, page.Page))),
            .. Topics().Select(topic => new HelpFile(Path.Combine(SourceFolder, topic.Name + ".md"), topic.Markdown)),
        ];

    /// <summary>Gets every file that Get-Help reads, in a folder.</summary>
    internal static IReadOnlyList<HelpFile> Output(string folder) =>
        [
            new HelpFile(Path.Combine(folder, MamlName), Maml.Write(CommandPages())),
            .. Topics()
                .Select(topic => new HelpFile(
                    Path.Combine(folder, topic.Name + ".help.txt"),
                    AboutTopic.Write(topic.Name, topic.Markdown)
                )),
        ];

    /// <summary>Gets the files of a folder that are not in a list.</summary>
    internal static IReadOnlyList<string> Leftovers(string folder, IEnumerable<HelpFile> files)
    {
        var known = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Where(path => !known.Contains(path))] : [];
    }

    private static (Cmdlet Command, CommandPage Page)[] CommandPages() =>
        [.. BuiltModule.Commands.Select(command => (command, GetPage(command)))];

    private static IEnumerable<(string Name, string Markdown)> Topics()
    {
        foreach (string topic in Directory.GetFiles(SourceFolder, "about_*.md").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(topic);
            yield return (name, name == ErrorTopic ? InsertCatalog(File.ReadAllText(topic)) : File.ReadAllText(topic));
        }
    }

    private static CommandPage GetPage(Cmdlet command) =>
        File.Exists(GetPath(command)) ? CommandPage.Parse(File.ReadAllText(GetPath(command))) : CommandPage.Empty(command);

    private static string InsertCatalog(string markdown)
    {
        string introduction = string.Join("\n", MarkdownText.Lines(markdown).TakeWhile(line => line != ErrorHeading))
            .TrimEnd('\n');
        return $"{introduction}\n\n{ErrorHeading}\n\n{ErrorCatalogReader.ToMarkdown(ErrorCatalogReader.Read())}\n";
    }
}
