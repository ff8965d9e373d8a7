namespace LinkedInExports.Core.Reports;

/// <summary>
/// An object that is not one of our records but may have their properties: read from a file, selected, or with a property
/// added.
/// </summary>
public interface IReportRow
{
    /// <summary>The names of its properties, in order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The value of a property; null where there is none. Case does not matter.</summary>
    object? this[string name] { get; }
}
