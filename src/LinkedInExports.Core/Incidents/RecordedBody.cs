namespace LinkedInExports.Core.Incidents;

/// <summary>The reduced body of a request or response. Exactly one of the properties is set, or none for an empty body.</summary>
internal sealed class RecordedBody
{
    /// <summary>The reduced JSON in UTF-8.</summary>
    internal byte[]? Json { get; init; }

    /// <summary>The pseudonyms of a request, or the form of a response with one character for each byte.</summary>
    internal string? Text { get; init; }

    /// <summary>The form of a text that is too long to record.</summary>
    internal LongText? LongText { get; init; }

    /// <summary>The number of bytes of a body that was not read, such as an uploaded document.</summary>
    internal long? Length { get; init; }

    /// <summary>The approximate memory in bytes.</summary>
    internal int Size =>
        (Json?.Length ?? 0) + (2 * ((Text?.Length ?? 0) + (LongText?.Start.Length ?? 0) + (LongText?.End.Length ?? 0)));
}

/// <summary>The form of the start and the end of a long text.</summary>
/// <param name="Length">The number of bytes of the text.</param>
/// <param name="RowCount">The number of rows, or null if the file was not read to its end in one response.</param>
/// <param name="Start">The form of the start.</param>
/// <param name="End">The form of the end.</param>
internal sealed record LongText(long Length, long? RowCount, string Start, string End);
