using System.Globalization;
using System.Text;
using LinkedInExports.HelpBuilder.Markdown;
using LinkedInExports.HelpBuilder.Metadata;

namespace LinkedInExports.HelpBuilder.Pages;

/// <summary>Writes the page of a cmdlet in the format of PlatyPS 1 (schema 2024-05-01).</summary>
internal static class CommandMarkdown
{
    private const string CommonParameters = """
        This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable,
        -InformationAction, -InformationVariable, -OutBuffer, -OutVariable, -PipelineVariable,
        -ProgressAction, -Verbose, -WarningAction, and -WarningVariable. For more information, see
        [about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).
        """;

    internal static string Write(Cmdlet command, CommandPage page)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            ---
            document type: cmdlet
            external help file: {HelpSet.MamlName}
            HelpUri: {Quoted(page.SubjectUri)}
            Locale: en-US
            Module Name: LinkedInExports
            PlatyPS schema version: 2024-05-01
            title: {command.Name}
            ---

            # {command.Name}

            ## SYNOPSIS

            {page.Synopsis}

            ## SYNTAX


            """
        );
        foreach (string set in command.ParameterSets)
        {
            string title = set == command.DefaultParameterSet ? $"{set} (Default)" : set;
            text.Append(CultureInfo.InvariantCulture, $"### {title}\n\n```\n{Syntax.Format(command, set)}\n```\n\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"## ALIASES\n\n## DESCRIPTION\n\n{page.Description}\n\n## EXAMPLES\n\n");
        WriteSections(text, page.Examples);
        text.Append("## PARAMETERS\n\n");
        foreach (
            CmdletParameter parameter in CmdletParameter
                .GetAll(command)
                .OrderBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase)
        )
        {
            WriteParameter(text, parameter, page.GetParameter(parameter));
        }

        text.Append(CultureInfo.InvariantCulture, $"### CommonParameters\n\n{CommonParameters}\n\n## INPUTS\n\n");
        WriteSections(text, page.Inputs);
        text.Append("## OUTPUTS\n\n");
        WriteSections(text, page.Outputs);
        text.Append(page.Notes.Length == 0 ? "## NOTES\n\n" : $"## NOTES\n\n{page.Notes}\n\n");
        text.Append("## RELATED LINKS\n\n");
        foreach (CommandPage.Link link in page.Links)
            text.Append(CultureInfo.InvariantCulture, $"- [{link.Text}]({link.Uri})\n");
        return text.Replace("\r\n", "\n").ToString().TrimEnd('\n') + "\n";
    }

    private static void WriteSections(StringBuilder text, IEnumerable<Section> sections)
    {
        foreach (Section section in sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"### {section.Title}\n\n")
                .Append(section.Text.Length == 0 ? "" : section.Text + "\n\n");
        }
    }

    private static void WriteParameter(StringBuilder text, CmdletParameter parameter, CommandPage.Parameter written)
    {
        text.Append(CultureInfo.InvariantCulture, $"### -{parameter.Name}\n\n{written.Description}\n\n```yaml\n");
        text.Append(CultureInfo.InvariantCulture, $"Type: {parameter.FullType}\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"DefaultValue: {Quoted(parameter.IsSwitch ? "False" : written.DefaultValue)}\n"
        );
        text.Append(CultureInfo.InvariantCulture, $"SupportsWildcards: {Bool(parameter.SupportsWildcards)}\n");
        WriteList(text, "Aliases", parameter.Aliases);
        text.Append("ParameterSets:\n");
        foreach (CmdletParameter.InSet set in parameter.Sets)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"""
                - Name: {(set.Name == Cmdlet.AllSets ? "(All)" : set.Name)}
                  Position: {set.Position?.ToString(CultureInfo.InvariantCulture) ?? "Named"}
                  IsRequired: {Bool(set.IsMandatory)}
                  ValueFromPipeline: {Bool(set.TakesPipelineValue)}
                  ValueFromPipelineByPropertyName: {Bool(set.TakesPipelineProperty)}
                  ValueFromRemainingArguments: false

                """
            );
        }

        text.Append(CultureInfo.InvariantCulture, $"DontShow: {Bool(parameter.IsHidden)}\n");
        WriteList(text, "AcceptedValues", parameter.AcceptedValues);
        text.Append("HelpMessage: ''\n```\n\n");
    }

    private static void WriteList(StringBuilder text, string name, IReadOnlyList<string> items) =>
        text.Append(items.Count == 0 ? $"{name}: []\n" : $"{name}:\n{string.Concat(items.Select(item => $"- {item}\n"))}");

    private static string Bool(bool value) => value ? "true" : "false";

    /// <summary>Formats a YAML scalar, with quotes if it needs them.</summary>
    private static string Quoted(string value) =>
        value.Length == 0 || value.Contains(": ", StringComparison.Ordinal) ? $"'{value}'" : value;
}
