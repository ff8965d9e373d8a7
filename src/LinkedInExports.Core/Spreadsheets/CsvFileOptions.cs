namespace LinkedInExports.Core.Spreadsheets;

/// <summary>Settings of a CSV file.</summary>
public sealed record CsvFileOptions
{
    /// <summary>The full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The delimiter between values.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether records are added to an existing file, which must have the same columns.</summary>
    public bool Append { get; init; }

    /// <summary>Whether an existing file is an error.</summary>
    public bool NoClobber { get; init; }

    /// <summary>Whether additional properties are omitted and missing ones are empty, instead of being an error.</summary>
    public bool Force { get; init; }

    /// <summary>
    /// Whether the file is read by a program instead of a spreadsheet: it has no byte order mark, and text that a spreadsheet
    /// would run as a formula is not changed.
    /// </summary>
    public bool Raw { get; init; }
}
