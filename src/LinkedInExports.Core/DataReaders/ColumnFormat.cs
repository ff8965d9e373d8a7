namespace LinkedInExports.Core.DataReaders;

/// <summary>How the values of a column are stored in the files.</summary>
internal enum ColumnFormat
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>Text that is null where it is empty.</summary>
    OptionalText,

    /// <summary>Text that must not be empty.</summary>
    Key,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>A time in milliseconds since 1970.</summary>
    Milliseconds,

    /// <summary>A time of an activity export.</summary>
    ActivityTime,

    /// <summary>A text that is not in the files.</summary>
    SourceText,

    /// <summary>A number that is not in the files.</summary>
    SourceInteger,
}
