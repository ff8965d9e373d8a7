using System.Text;

namespace LinkedInExports;

/// <summary>
/// The id of a record and its place in a file, in 16 bytes, because millions of records may be in memory. The id is converted to
/// a string on demand.
/// </summary>
internal readonly struct RecordId
{
    private const int Missing = -1;

    /// <summary>A <see cref="RecordBlock"/>, the id of a record that was not read from a file, or null.</summary>
    private readonly object? _source;
    private readonly int _length;
    private readonly ushort _start;
    private readonly ushort _row;

    /// <summary>Initializes the id of a record that was not read from a file.</summary>
    internal RecordId(string? id) => _source = id;

    /// <summary>Initializes an id.</summary>
    /// <param name="block">The block of the record.</param>
    /// <param name="row">The number of its row.</param>
    /// <param name="start">The offset of the id in the block.</param>
    /// <param name="length">The number of bytes of the id.</param>
    internal RecordId(RecordBlock block, long row, int start = 0, int length = Missing)
    {
        _source = block;
        _length = length;
        _start = (ushort)start;
        _row = (ushort)(row - block.FirstRow);
    }

    /// <summary>The largest difference between the numbers of rows in a block.</summary>
    internal static int MaxRows => ushort.MaxValue;

    /// <summary>The file of the record, or null.</summary>
    internal RecordSource? Source => Block?.Source;

    /// <summary>The number of the row in the file, or null.</summary>
    internal long? RowNumber => Block?.FirstRow + _row;

    private RecordBlock? Block => _source as RecordBlock;

    /// <summary>Gets the id; null if the file does not have the column.</summary>
    public override string? ToString() =>
        Block is not { } block ? (string?)_source
        : _length == Missing ? null
        : Encoding.UTF8.GetString(block.Texts, _start, _length);
}
