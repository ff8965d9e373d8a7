using System.Text;

namespace LinkedInExports;

/// <summary>
/// A text of a record that rarely repeats. It is a slice of a block of UTF-8 bytes and is converted to a string on
/// demand, because few properties of millions of records are read.
/// </summary>
internal readonly struct Utf8Text
{
    /// <summary>A string, UTF-8 bytes, or null.</summary>
    private readonly object? _source;
    private readonly int _start;
    private readonly int _length;

    internal Utf8Text(string? text) => _source = text;

    internal Utf8Text(byte[] utf8, int start, int length)
    {
        _source = utf8;
        _start = start;
        _length = length;
    }

    /// <inheritdoc/>
    public override string? ToString() =>
        _source is byte[] utf8 ? Encoding.UTF8.GetString(utf8, _start, _length) : (string?)_source;
}
