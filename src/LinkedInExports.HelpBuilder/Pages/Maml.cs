using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using LinkedInExports.HelpBuilder.Markdown;
using LinkedInExports.HelpBuilder.Metadata;

namespace LinkedInExports.HelpBuilder.Pages;

/// <summary>Writes the MAML file that Get-Help reads, from the pages of all cmdlets.</summary>
internal static class Maml
{
    private static readonly XNamespace Root = "http://msh";
    private static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    internal static string Write(IEnumerable<(Cmdlet Command, CommandPage Page)> pages)
    {
        var document = new XDocument(
            new XElement(
                Root + "helpItems",
                new XAttribute("schema", "maml"),
                pages.Select(page => CreateCommand(page.Command, page.Page))
            )
        );
        var written = new StringBuilder();
        using (
            var writer = XmlWriter.Create(
                written,
                new XmlWriterSettings
                {
                    Indent = true,
                    NewLineChars = "\n",
                    OmitXmlDeclaration = true,
                }
            )
        )
        {
            document.Save(writer);
        }

        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{written}\n";
    }

    private static XElement CreateCommand(Cmdlet command, CommandPage page) =>
        new(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Text.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "command", Command.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "dev", Dev.NamespaceName),
            new XElement(
                Command + "details",
                new XElement(Command + "name", command.Name),
                new XElement(Command + "verb", command.Verb),
                new XElement(Command + "noun", command.Noun),
                new XElement(Text + "description", Paragraphs(page.Synopsis))
            ),
            new XElement(Text + "description", Paragraphs(page.Description)),
            new XElement(
                Command + "syntax",
                command.ParameterSets.Select(set => new XElement(
                    Command + "syntaxItem",
                    new XElement(Text + "name", command.Name),
                    Syntax
                        .Order(command, set)
                        .Where(parameter => !parameter.IsHidden)
                        .Select(parameter => CreateParameter(parameter, parameter.InParameterSet(set)!, page))
                ))
            ),
            new XElement(
                Command + "parameters",
                CmdletParameter
                    .GetAll(command)
                    .Where(parameter => !parameter.IsHidden)
                    .OrderBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase)
                    .Select(parameter => CreateParameter(parameter, Combine(parameter), page))
            ),
            new XElement(Command + "inputTypes", page.Inputs.Select(type => CreateType("inputType", type))),
            new XElement(Command + "returnValues", page.Outputs.Select(type => CreateType("returnValue", type))),
            new XElement(Text + "alertSet", new XElement(Text + "alert", Paragraphs(page.Notes))),
            new XElement(Command + "examples", page.Examples.Select(CreateExample)),
            new XElement(Command + "relatedLinks", GetLinks(command, page).Select(CreateLink))
        );

    /// <summary>Get-Help -Online opens the first link, so it is HelpUri.</summary>
    private static IEnumerable<CommandPage.Link> GetLinks(Cmdlet command, CommandPage page) =>
        command.HelpUri is { Length: > 0 } online && online != page.SubjectUri
            ? page.Links.Prepend(new CommandPage.Link("Online version", online))
            : page.Links;

    private static XElement CreateParameter(CmdletParameter parameter, CmdletParameter.InSet set, CommandPage page)
    {
        CommandPage.Parameter written = page.GetParameter(parameter);
        return new XElement(
            Command + "parameter",
            new XAttribute("required", Bool(set.IsMandatory)),
            new XAttribute("variableLength", Bool(parameter.ShortType.EndsWith("[]", StringComparison.Ordinal))),
            new XAttribute("globbing", Bool(parameter.SupportsWildcards)),
            new XAttribute("pipelineInput", Pipeline(set)),
            new XAttribute("position", set.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Text + "name", parameter.Name),
            new XElement(Text + "description", Paragraphs(written.Description), Accepted(parameter)),
            parameter.IsSwitch
                ? null
                : new XElement(
                    Command + "parameterValue",
                    new XAttribute("required", "true"),
                    new XAttribute("variableLength", Bool(parameter.ShortType.EndsWith("[]", StringComparison.Ordinal))),
                    parameter.ShortType
                ),
            new XElement(Dev + "type", new XElement(Text + "name", parameter.FullType), new XElement(Text + "uri")),
            new XElement(
                Dev + "defaultValue",
                parameter.IsSwitch ? "False"
                    : written.DefaultValue.Length == 0 ? "None"
                    : written.DefaultValue
            )
        );
    }

    private static IEnumerable<XElement> Accepted(CmdletParameter parameter) =>
        parameter.AcceptedValues.Count == 0 ? [] : Paragraphs($"Values: {string.Join(", ", parameter.AcceptedValues)}.");

    /// <summary>Gets the metadata without a parameter set: mandatory if it is mandatory in all sets.</summary>
    private static CmdletParameter.InSet Combine(CmdletParameter parameter) =>
        new(
            Cmdlet.AllSets,
            parameter.Sets.Select(set => set.Position).FirstOrDefault(position => position is not null),
            parameter.Sets.All(set => set.IsMandatory),
            parameter.Sets.Any(set => set.TakesPipelineValue),
            parameter.Sets.Any(set => set.TakesPipelineProperty)
        );

    private static XElement CreateType(string name, Section type) =>
        new(
            Command + name,
            new XElement(Dev + "type", new XElement(Text + "name", type.Title)),
            new XElement(Text + "description", Paragraphs(type.Text))
        );

    /// <summary>
    /// Uses the commands as the code of the example, the text before the first one as its introduction, and the rest as remarks.
    /// Output stays with its command, because Get-Help breaks its columns in a paragraph.
    /// </summary>
    private static XElement CreateExample(Section example)
    {
        IReadOnlyList<Block> blocks = MarkdownText.Blocks(example.Text);
        Block[] introduction = [.. blocks.TakeWhile(block => block is not Block.Code { IsCommand: true })];
        Block.Code[] code =
        [
            .. blocks
                .Skip(introduction.Length)
                .TakeWhile((block, i) => block is Block.Code && (i == 0 || block is not Block.Code { IsCommand: true }))
                .Cast<Block.Code>(),
        ];
        return new XElement(
            Command + "example",
            new XElement(Text + "title", $"--------- {example.Title} ---------"),
            new XElement(Text + "introduction", Paragraphs(introduction)),
            new XElement(Dev + "code", string.Join("\n\n", code.Select(block => block.Text))),
            // The empty paragraph separates the next title.
            new XElement(Dev + "remarks", Paragraphs(blocks.Skip(introduction.Length + code.Length)), new XElement(Text + "para"))
        );
    }

    private static XElement CreateLink(CommandPage.Link link) =>
        new(
            Text + "navigationLink",
            new XElement(Text + "linkText", link.Text),
            new XElement(Text + "uri", link.Uri.StartsWith("http", StringComparison.Ordinal) ? link.Uri : "")
        );

    private static IEnumerable<XElement> Paragraphs(string markdown) => Paragraphs(MarkdownText.Blocks(markdown));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<Block> blocks) =>
        blocks.Select(block => new XElement(
            Text + "para",
            block switch
            {
                Block.Paragraph paragraph => paragraph.Text,
                Block.Bullet bullet => "- " + bullet.Text,
                Block.Code code => code.Text,
                _ => throw new InvalidOperationException($"A block of type {block.GetType()}."),
            }
        ));

    private static string Pipeline(CmdletParameter.InSet set) =>
        (set.TakesPipelineValue, set.TakesPipelineProperty) switch
        {
            (true, true) => "true (ByValue, ByPropertyName)",
            (true, false) => "true (ByValue)",
            (false, true) => "true (ByPropertyName)",
            (false, false) => "false",
        };

    private static string Bool(bool value) => value ? "true" : "false";
}
