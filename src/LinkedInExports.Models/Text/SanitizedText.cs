using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace LinkedInExports.Text;

/// <summary>
/// Text that is safe to show. Errors, warnings and verbose messages accept nothing else, so no text of a server, proxy, file or
/// exception is shown without being sanitized: every value in an interpolated string passes <see cref="Sanitizer"/>, and
/// numbers and dates are written for the invariant culture.
/// </summary>
[InterpolatedStringHandler]
public sealed class SanitizedText
{
    private readonly StringBuilder _text;

    /// <summary>Creates the text of an interpolated string; called by the compiler.</summary>
    public SanitizedText(int literalLength, int formattedCount) =>
        _text = new StringBuilder(literalLength + (16 * formattedCount));

    private SanitizedText(string sanitized) => _text = new StringBuilder(sanitized);

    /// <summary>Sanitizes text that a server sent: white space is collapsed, and queries of links are removed.</summary>
    public static SanitizedText FromServer(string text) => new(Sanitizer.SanitizeServerText(text));

    /// <summary>Creates a text from an address that this module created, with its query.</summary>
    internal static SanitizedText FromOwnAddress(Uri address) => new(address.AbsoluteUri);

    /// <summary>Sanitizes a text.</summary>
    public static implicit operator SanitizedText(string text) => new(Sanitizer.Sanitize(text, int.MaxValue / 8));

    /// <summary>Appends a literal part of the format.</summary>
    public void AppendLiteral(string value) => _text.Append(value);

    /// <summary>Appends sanitized text.</summary>
    public void AppendFormatted(SanitizedText? value) => _text.Append(value);

    /// <summary>Appends a value, sanitized and of at most 1,000 characters.</summary>
    public void AppendFormatted(string? value)
    {
        if (value is not null)
            _text.Append(Sanitizer.Sanitize(value));
    }

    /// <summary>Appends a value, formatted with the invariant culture.</summary>
    public void AppendFormatted<T>(T value, string? format = null) =>
        AppendFormatted(
            value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString()
        );

    /// <summary>Whether the text is empty.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
