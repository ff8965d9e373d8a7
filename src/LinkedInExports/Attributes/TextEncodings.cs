using System.Globalization;
using System.Text;

namespace LinkedInExports.Attributes;

/// <summary>Finds encodings by the names that PowerShell's own commands use, and by the names of .NET.</summary>
internal static class TextEncodings
{
    /// <summary>The names for completion, with a description.</summary>
    internal static readonly (string Name, string Description)[] Suggested =
    [
        ("utf8", "UTF-8, the default"),
        ("windows-1252", "Western European, as Excel on Windows saves CSV"),
        ("latin1", "ISO 8859-1"),
        ("unicode", "UTF-16, little-endian"),
        ("bigendianunicode", "UTF-16, big-endian"),
        ("utf32", "UTF-32, little-endian"),
        ("bigendianutf32", "UTF-32, big-endian"),
        ("ascii", "7-bit ASCII"),
        ("ansi", "The ANSI code page of the current culture"),
        ("oem", "The OEM code page of the current culture"),
    ];

    /// <summary>Gets the encoding with a name or code page number, or null.</summary>
    internal static Encoding? Find(string name) =>
        name.ToUpperInvariant() switch
        {
            "UTF8" or "UTF8BOM" or "UTF8NOBOM" => Encoding.UTF8,
            "UNICODE" => Encoding.Unicode,
            "BIGENDIANUNICODE" => Encoding.BigEndianUnicode,
            "UTF32" => Encoding.UTF32,
            "BIGENDIANUTF32" => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
            "ANSI" or "DEFAULT" => Find(CultureInfo.CurrentCulture.TextInfo.ANSICodePage),
            "OEM" => Find(CultureInfo.CurrentCulture.TextInfo.OEMCodePage),
            _ when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int codePage) => Find(codePage),
            _ => Get(() => FromProvider(name) ?? Encoding.GetEncoding(name)),
        };

    /// <summary>Gets the encoding of a code page, or null.</summary>
    internal static Encoding? Find(int codePage) => Get(() => FromProvider(codePage) ?? Encoding.GetEncoding(codePage));

#if NET
    private static Encoding? FromProvider(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name);

    private static Encoding? FromProvider(int codePage) => CodePagesEncodingProvider.Instance.GetEncoding(codePage);
#else
    // .NET Framework has all code pages built in.
    private static Encoding? FromProvider(string name) => null;

    private static Encoding? FromProvider(int codePage) => null;
#endif

    private static Encoding? Get(Func<Encoding> find)
    {
        try
        {
            return find();
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
