namespace LinkedInExports.Core.Reports;

/// <summary>
/// An object that is not a record but can have the properties of one, for example a row of a CSV file or an object with
/// selected or added properties.
/// </summary>
public interface IReportRow
{
    /// <summary>The names of the properties, in order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Gets the value of a property, or null if the property does not exist. Names are case-insensitive.</summary>
    object? this[string name] { get; }
}
