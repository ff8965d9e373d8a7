using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LinkedInExports.Completion;

/// <summary>Offers values that are at hand, at once: none asks the network.</summary>
internal abstract class SessionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        return GetCandidates(commandName)
            .Where(offer => offer.Names.Any(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)))
            .Select(offer => new CompletionResult(
                offer.Text,
                offer.ListItemText,
                CompletionResultType.ParameterValue,
                offer.ToolTip
            ));
    }

    /// <summary>Gets all values. Values that do not begin with the typed word are omitted.</summary>
    private protected abstract IEnumerable<CompletionCandidate> GetCandidates(string commandName);

    /// <summary>In quotes where PowerShell would take the text for something else.</summary>
    private protected static string Quoted(string text) =>
        text.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.' or ':')
            ? text
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";

    /// <summary>A completion: the inserted text, the list item, the tooltip, and the prefixes that match it.</summary>
    private protected sealed record CompletionCandidate(string Text, string ListItemText, string ToolTip, params string[] Names);
}
