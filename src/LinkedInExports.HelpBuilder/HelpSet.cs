using LinkedInExports.HelpBuilder.Markdown;
using LinkedInExports.HelpBuilder.Metadata;
using LinkedInExports.HelpBuilder.Pages;
using LinkedInExports.HelpBuilder.Topics;

namespace LinkedInExports.HelpBuilder;

/// <summary>All files of the module's help: the Markdown that people edit, and what PowerShell reads.</summary>
internal static class HelpSet
{
    internal const string MamlName = "LinkedInExports.dll-Help.xml";

    private const string ErrorTopic = "about_LinkedInExports_Errors";
    private const string ErrorHeading = "## ERRORS";

    /// <summary>Where people write.</summary>
    internal static string SourceFolder { get; } = Path.Combine(BuiltModule.Folder, "help", "en-US");

    /// <summary>What the build copies to where PowerShell looks.</summary>
    internal static string OutputFolder { get; } = Path.Combine(BuiltModule.Folder, "en-US");

    internal static string PathOf(Cmdlet command) => Path.Combine(SourceFolder, command.Name + ".md");

    /// <summary>Every file with the text that it should have. Prose is kept as it is; everything that follows from the code is made anew.</summary>
    internal static IReadOnlyList<HelpFile> Render()
    {
        (Cmdlet Command, CommandPage Page)[] pages = [.. BuiltModule.Commands.Select(command => (command, PageOf(command)))];
        var files = pages.Select(page => new HelpFile(PathOf(page.Command), CommandMarkdown.Write(page.Command, page.Page))).ToList();
        files.Add(new HelpFile(Path.Combine(OutputFolder, MamlName), Maml.Write(pages)));
        foreach (string topic in Directory.GetFiles(SourceFolder, "about_*.md").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(topic);
            string markdown = name == ErrorTopic ? WithCatalogue(File.ReadAllText(topic)) : File.ReadAllText(topic);
            files.Add(new HelpFile(topic, markdown));
            files.Add(new HelpFile(Path.Combine(OutputFolder, name + ".help.txt"), AboutTopic.Write(name, markdown)));
        }

        return files;
    }

    /// <summary>Files of either folder that belong to nothing any more.</summary>
    internal static IReadOnlyList<string> Leftovers()
    {
        var known = Render().Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return [.. new[] { SourceFolder, OutputFolder }.Where(Directory.Exists).SelectMany(Directory.GetFiles).Where(path => !known.Contains(path))];
    }

    private static CommandPage PageOf(Cmdlet command) =>
        File.Exists(PathOf(command)) ? CommandPage.Parse(File.ReadAllText(PathOf(command))) : CommandPage.Empty(command);

    private static string WithCatalogue(string markdown)
    {
        string introduction = string.Join("\n", MarkdownText.Lines(markdown).TakeWhile(line => line != ErrorHeading)).TrimEnd('\n');
        return $"{introduction}\n\n{ErrorHeading}\n\n{ErrorCatalogue.ToMarkdown(ErrorCatalogue.Read())}\n";
    }
}
