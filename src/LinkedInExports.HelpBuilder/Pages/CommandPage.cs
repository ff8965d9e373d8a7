using LinkedInExports.HelpBuilder.Markdown;
using LinkedInExports.HelpBuilder.Metadata;

namespace LinkedInExports.HelpBuilder.Pages;

/// <summary>
/// What people wrote about a command. Everything else on its page (syntax, types, positions…) comes from the command
/// itself each time the page is written.
/// </summary>
internal sealed record CommandPage(
    string Synopsis,
    string Description,
    IReadOnlyList<Section> Examples,
    IReadOnlyList<CommandPage.Parameter> Parameters,
    IReadOnlyList<Section> Inputs,
    IReadOnlyList<Section> Outputs,
    string Notes,
    IReadOnlyList<CommandPage.Link> Links
)
{
    /// <summary>The mark of what nobody has written yet.</summary>
    internal const string ToDo = "{{ Fill in";

    private const string YamlFence = "```yaml";
    private const string DefaultValueKey = "DefaultValue:";

    /// <summary>Reads a page.</summary>
    internal static CommandPage Parse(string markdown)
    {
        Dictionary<string, string> sections = MarkdownText
            .Sections(markdown, 2)
            .ToDictionary(section => section.Title, section => section.Text);
        return new CommandPage(
            sections.GetValueOrDefault("SYNOPSIS", ""),
            sections.GetValueOrDefault("DESCRIPTION", ""),
            MarkdownText.Sections(sections.GetValueOrDefault("EXAMPLES", ""), 3),
            [
                .. MarkdownText
                    .Sections(sections.GetValueOrDefault("PARAMETERS", ""), 3)
                    .Where(section => section.Title.StartsWith('-'))
                    .Select(ParseParameter),
            ],
            MarkdownText.Sections(sections.GetValueOrDefault("INPUTS", ""), 3),
            MarkdownText.Sections(sections.GetValueOrDefault("OUTPUTS", ""), 3),
            sections.GetValueOrDefault("NOTES", ""),
            [
                .. MarkdownText
                    .Link()
                    .Matches(sections.GetValueOrDefault("RELATED LINKS", ""))
                    .Select(match => new Link(match.Groups["text"].Value, match.Groups["uri"].Value)),
            ]
        );
    }

    /// <summary>The page of a command that has none, to be filled in.</summary>
    internal static CommandPage Empty(Cmdlet command) =>
        new(
            $"{ToDo} the synopsis }}}}",
            $"{ToDo} the description }}}}",
            [
                new Section("Example 1: Title", $"{ToDo} the first example }}}}"),
                new Section("Example 2: Title", $"{ToDo} the second example }}}}"),
            ],
            [],
            [.. PipelineTypes(command).Select(type => new Section(type, $"{ToDo} what comes through the pipeline }}}}"))],
            [.. OutputTypes(command).Select(type => new Section(type, $"{ToDo} what goes out }}}}"))],
            "",
            []
        );

    /// <summary>The description and default value that were written for a parameter.</summary>
    internal Parameter GetParameter(CmdletParameter facts) =>
        Parameters.FirstOrDefault(parameter => parameter.Name == facts.Name)
        ?? facts.Name switch
        {
            "WhatIf" => new Parameter("WhatIf", "Shows what would happen, and does none of it.", ""),
            "Connection" => new Parameter("Connection", "The connection to use instead of the runspace's current one.", ""),
            "Confirm" => new Parameter("Confirm", "Asks for confirmation before each change.", ""),
            _ => new Parameter(facts.Name, $"{ToDo} the description of {facts.Name} }}}}", ""),
        };

    /// <summary>The types that a command takes through the pipeline.</summary>
    internal static IReadOnlyList<string> PipelineTypes(Cmdlet command) =>
        [
            .. command
                .Parameters.Where(parameter => parameter.TakesPipelineValue)
                .Select(parameter => TypeName.ToFullName(TypeName.GetItemType(parameter.Property.PropertyType)))
                .Distinct()
                .DefaultIfEmpty("None"),
        ];

    /// <summary>The types that a command says it outputs.</summary>
    internal static IReadOnlyList<string> OutputTypes(Cmdlet command) =>
        [
            .. command
                .OutputTypes.Select(TypeName.ToFullName)
                .Where(type => type != "System.Void")
                .Distinct()
                .DefaultIfEmpty("None"),
        ];

    private static Parameter ParseParameter(Section section)
    {
        string[] lines = MarkdownText.Lines(section.Text);
        int facts = Array.IndexOf(lines, YamlFence);
        string description = string.Join("\n", facts < 0 ? lines : lines[..facts]).Trim('\n');
        string defaultValue = lines.FirstOrDefault(line => line.StartsWith(DefaultValueKey, StringComparison.Ordinal)) is { } line
            ? line[DefaultValueKey.Length..].Trim().Trim('\'')
            : "";
        return new Parameter(section.Title[1..], description, defaultValue);
    }

    internal sealed record Parameter(string Name, string Description, string DefaultValue);

    internal sealed record Link(string Text, string Uri);
}
