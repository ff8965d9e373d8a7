using System.Text.RegularExpressions;

namespace LinkedInExports.Emulator.Behavior;

/// <summary>Specifies the spelling of column names.</summary>
public enum HeaderSpelling
{
    /// <summary>As documented: <c>memberIdentityKey</c>.</summary>
    Documented,

    /// <summary><c>memberidentitykey</c>.</summary>
    LowerCase,

    /// <summary><c>MEMBERIDENTITYKEY</c>.</summary>
    UpperCase,

    /// <summary><c>member_identity_key</c>.</summary>
    SnakeCase,

    /// <summary><c>Member Identity Key</c>.</summary>
    Words,
}

internal static partial class HeaderSpellings
{
    public static string Spell(this HeaderSpelling spelling, string name) =>
        spelling switch
        {
            HeaderSpelling.LowerCase => name.ToLowerInvariant(),
            HeaderSpelling.UpperCase => name.ToUpperInvariant(),
            HeaderSpelling.SnakeCase => WordStart().Replace(name, "_").ToLowerInvariant(),
            HeaderSpelling.Words when name.Length > 0 => char.ToUpperInvariant(name[0]) + WordStart().Replace(name, " ")[1..],
            _ => name,
        };

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex WordStart();
}
