using System.Text;
using System.Text.RegularExpressions;

namespace LinkedInExports.Text;

/// <summary>Quotes arguments of the commands that messages recommend, so that the user can paste the command.</summary>
internal static class CommandArgument
{
    /// <summary>Numbers and names such as <c>urn:li:contract:7001</c>, which do not need quotes.</summary>
    private static readonly Regex Plain = new(
        "^(?:[0-9]+|[A-Za-z][A-Za-z0-9_:.-]*)$",
        RegexOptions.CultureInvariant | RegexOptions.ECMAScript,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>Quotes an argument if necessary.</summary>
    internal static string Quote(string value)
    {
        if (Plain.IsMatch(value) && !value.EndsWith("\n", StringComparison.Ordinal))
            return value;

        var quoted = new StringBuilder(value.Length + 2).Append('\'');
        foreach (char character in value)
        {
            // PowerShell also ends a string at typographic quotes.
            if (character is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B')
                quoted.Append(character);
            quoted.Append(character);
        }

        return quoted.Append('\'').ToString();
    }
}
