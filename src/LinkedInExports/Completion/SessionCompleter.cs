using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace LinkedInExports.Completion;

/// <summary>Completes arguments from local data, without requests to LinkedIn, which would block the prompt.</summary>
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
            .Where(candidate => candidate.Names.Any(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)))
            .Select(candidate => new CompletionResult(
                candidate.Text,
                candidate.ListItemText,
                CompletionResultType.ParameterValue,
                candidate.ToolTip
            ));
    }

    /// <summary>Gets all values. Values that do not begin with the typed word are omitted.</summary>
    private protected abstract IEnumerable<CompletionCandidate> GetCandidates(string commandName);

    /// <summary>Adds quotes if PowerShell would not parse the text as one string.</summary>
    private protected static string Quoted(string text) =>
        text.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.' or ':')
            ? text
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";

    /// <summary>A completion: the inserted text, the list item, the tooltip, and the prefixes that match it.</summary>
    private protected sealed record CompletionCandidate(string Text, string ListItemText, string ToolTip, params string[] Names);
}
