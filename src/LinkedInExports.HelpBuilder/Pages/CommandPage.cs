using LinkedInExports.HelpBuilder.Markdown;
using LinkedInExports.HelpBuilder.Metadata;

namespace LinkedInExports.HelpBuilder.Pages;

/// <summary>
/// The prose of a cmdlet's page. The other content (syntax, types, positions…) is derived from the cmdlet when the page is
/// written.
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
    /// <summary>The first related link, which is about the subject of the command; empty if the page has no links yet.</summary>
    internal string SubjectUri => Links.Count == 0 ? "" : Links[0].Uri;

    /// <summary>The placeholder for missing prose.</summary>
    internal const string ToDo = "{{ Fill in";

    private const string YamlFence = "```yaml";
    private const string DefaultValueKey = "DefaultValue:";

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

    /// <summary>Creates a page with placeholders for a cmdlet without a page.</summary>
    internal static CommandPage Empty(Cmdlet command) =>
        new(
            $"{ToDo} the synopsis }}}}",
            $"{ToDo} the description }}}}",
            [
                new Section("Example 1: Title", $"{ToDo} the first example }}}}"),
                new Section("Example 2: Title", $"{ToDo} the second example }}}}"),
            ],
            [],
            [.. PipelineTypes(command).Select(type => new Section(type, $"{ToDo} the description of the input }}}}"))],
            [.. OutputTypes(command).Select(type => new Section(type, $"{ToDo} the description of the output }}}}"))],
            "",
            []
        );

    /// <summary>Gets the description and default value of a parameter from the page.</summary>
    internal Parameter GetParameter(CmdletParameter facts) =>
        Parameters.FirstOrDefault(parameter => parameter.Name == facts.Name)
        ?? facts.Name switch
        {
            "WhatIf" => new Parameter("WhatIf", "Shows what would happen if the command runs, without running it.", ""),
            "Connection" => new Parameter("Connection", "The connection to use instead of the runspace's current one.", ""),
            "Confirm" => new Parameter("Confirm", "Asks for confirmation before each change.", ""),
            _ => new Parameter(facts.Name, $"{ToDo} the description of {facts.Name} }}}}", ""),
        };

    /// <summary>Gets the types that a cmdlet accepts from the pipeline.</summary>
    internal static IReadOnlyList<string> PipelineTypes(Cmdlet command) =>
        [
            .. command
                .Parameters.Where(parameter => parameter.TakesPipelineValue)
                .Select(parameter => TypeName.ToFullName(TypeName.GetItemType(parameter.Property.PropertyType)))
                .Distinct()
                .DefaultIfEmpty("None"),
        ];

    /// <summary>Gets the types that a cmdlet declares as its output.</summary>
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
