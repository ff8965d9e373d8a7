using System.Globalization;
using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>Finds the owners of records in one of several columns.</summary>
/// <param name="name">The name of the column, or null for <see cref="ReportOptions.KnownOwnerColumns"/>.</param>
internal sealed class OwnerColumn(string? name)
{
    private readonly string[] _candidates = name is null ? [.. ReportOptions.KnownOwnerColumns] : [name];
    private IReadOnlyList<string> _names = [];
    private int _index = -1;
    private bool _isAmbiguous;

    /// <summary>Whether any record has an owner column.</summary>
    internal bool Exists => Column is not null || _isAmbiguous;

    /// <summary>The column, or null if it has different names in several files.</summary>
    internal string? Column { get; private set; }

    /// <summary>Gets the display name of an owner.</summary>
    internal static string GetLabel(string owner) => owner.Length == 0 ? "(no owner)" : owner;

    /// <summary>Gets the owner of a record, or null if the record does not have an owner column.</summary>
    internal string? FindOwner(object record)
    {
        if (record is not IExtraColumns extra)
            return null;
        if (!ReferenceEquals(extra.ExtraNames, _names)) // All records of a file share one list instance.
            Find(extra.ExtraNames);
        return _index < 0 ? null : extra.GetExtra(_index);
    }

    /// <summary>Gets the owner of an object, or null if the object does not have an owner property.</summary>
    internal string? FindOwner(IReportRow row) =>
        _candidates.FirstOrDefault(column => row.Names.Contains(column, StringComparer.OrdinalIgnoreCase)) is { } found
            ? Convert.ToString(row[found], CultureInfo.InvariantCulture) ?? ""
            : null;

    private void Find(IReadOnlyList<string> names)
    {
        _names = names;
        _index = _candidates
            .Select(column => ExportSchema.IndexOf(names, column))
            .Where(index => index >= 0)
            .DefaultIfEmpty(-1)
            .First();
        if (_index < 0)
            return;
        string found = names[_index];
        _isAmbiguous |= Column is not null && !string.Equals(Column, found, StringComparison.OrdinalIgnoreCase);
        Column = _isAmbiguous ? null : found;
    }
}
