using System.Management.Automation;

namespace LinkedInExports.Errors;

/// <summary>The meaning, the category and the recommended action of each error.</summary>
internal static class ErrorCatalog
{
    /// <summary>Describes an error.</summary>
    internal readonly record struct Entry(ErrorCategory Category, string Meaning, string RecommendedAction);

    private static readonly KeyValuePair<LinkedInErrorId, Entry> Unexpected = new(
        LinkedInErrorId.InternalError,
        new Entry(
            ErrorCategory.InvalidOperation,
            "An unexpected exception occurred while an item was processed. Other items are not affected.",
            "Run the command again for this item. If the error persists, report it with the output of Get-Error."
        )
    );

    /// <summary>Gets the entry of each error, in the order of the help topic.</summary>
    internal static IReadOnlyDictionary<LinkedInErrorId, Entry> Entries { get; } =
        RequestErrors
            .Entries.Concat(JobErrors.Entries)
            .Concat(FileErrors.Entries)
            .Concat(ResumeErrors.Entries)
            .Append(Unexpected)
            .ToDictionary(entry => entry.Key, entry => entry.Value);

    /// <summary>Creates the error record that PowerShell shows.</summary>
    internal static ErrorRecord ToRecord(this LinkedInException exception)
    {
        Entry entry = Entries[exception.Id];
        return new ErrorRecord(exception, exception.Id.ToString(), entry.Category, exception.Target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = entry.RecommendedAction },
        };
    }
}
