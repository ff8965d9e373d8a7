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
    private List<(int Start, int Length)>? _values;

    /// <summary>Creates the text of an interpolated string; called by the compiler.</summary>
    public SanitizedText(int literalLength, int formattedCount) =>
        _text = new StringBuilder(literalLength + (16 * formattedCount));

    private SanitizedText(string sanitized)
    {
        _text = new StringBuilder(sanitized);
        _values = [(0, sanitized.Length)];
    }

    /// <summary>Sanitizes text that a server sent: white space is collapsed, and queries of links are removed.</summary>
    public static SanitizedText FromServer(string text) => new(Sanitizer.SanitizeServerText(text));

    /// <summary>Creates a text from an address that this module created, with its query.</summary>
    internal static SanitizedText FromOwnAddress(Uri address) => new(address.AbsoluteUri);

    /// <summary>Sanitizes a text.</summary>
    public static implicit operator SanitizedText(string text) => new(Sanitizer.Sanitize(text, int.MaxValue / 8));

    /// <summary>Appends a literal part of the format.</summary>
    public void AppendLiteral(string value) => _text.Append(value);

    /// <summary>Appends sanitized text.</summary>
    public void AppendFormatted(SanitizedText? value)
    {
        if (value is null)
            return;
        foreach ((int start, int length) in value._values ?? [])
            (_values ??= []).Add((_text.Length + start, length));
        _text.Append(value._text);
    }

    /// <summary>Appends a value, sanitized and of at most 1,000 characters.</summary>
    public void AppendFormatted(string? value)
    {
        if (value is null)
            return;
        string sanitized = Sanitizer.Sanitize(value);
        (_values ??= []).Add((_text.Length, sanitized.Length));
        _text.Append(sanitized);
    }

    /// <summary>Appends a value, formatted with the invariant culture.</summary>
    public void AppendFormatted<T>(T value, string? format = null) =>
        AppendFormatted(
            value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString()
        );

    /// <summary>Whether the text is empty.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <summary>Gets the text with an ellipsis in place of each value.</summary>
    internal string ToForm()
    {
        var form = new StringBuilder(_text.ToString());
        for (int index = (_values?.Count ?? 0) - 1; index >= 0; index--)
            form.Remove(_values![index].Start, _values[index].Length).Insert(_values[index].Start, "\u2026");
        return form.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
