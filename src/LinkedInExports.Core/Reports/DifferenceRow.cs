using System.Globalization;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports.Sections;

namespace LinkedInExports.Core.Reports;

/// <summary>A record that differs between two exports, with the values that a report uses.</summary>
/// <param name="Change">Added, Removed or Changed. Other values are kept.</param>
/// <param name="ExportType">The export type of the record.</param>
/// <param name="Key">The key of the record.</param>
/// <param name="ChangedColumns">The names of the changed columns, separated by commas.</param>
/// <param name="Owner">The owner of the record, or null if the record does not have an owner column.</param>
/// <param name="Time">The time of the newer record, or null if it has none.</param>
internal sealed record DifferenceRow(
    string Change,
    string ExportType,
    string Key,
    string ChangedColumns,
    string? Owner,
    DateTimeOffset? Time
)
{
    /// <summary>Creates a row from the output of Compare-ExportFile.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="owners">Finds the owner of a record.</param>
    internal static DifferenceRow Create(ExportDifference difference, OwnerColumn owners)
    {
        object? record = difference.Difference ?? difference.Reference;
        return new DifferenceRow(
            difference.Change.ToString(),
            difference.ExportType.ToString(),
            difference.Key,
            string.Join(", ", difference.ChangedColumns),
            record is null ? null : owners.FindOwner(record),
            record is null ? null : GetTime(record)
        );
    }

    /// <summary>Creates a row from an object with the properties of a difference, for example with an added owner.</summary>
    internal static DifferenceRow Create(IReportRow row, OwnerColumn owners)
    {
        object? record = row["Difference"] ?? row["Reference"];
        return new DifferenceRow(
            GetText(row["Change"]),
            GetText(row["ExportType"]),
            GetText(row["Key"]),
            row["ChangedColumns"] is System.Collections.IEnumerable columns and not string
                ? string.Join(", ", columns.Cast<object>())
                : GetText(row["ChangedColumns"]),
            owners.FindOwner(row) ?? (record is null ? null : owners.FindOwner(record)),
            record is null ? null : GetTime(record)
        );
    }

    /// <summary>Gets the time by which the report sorts records of this type.</summary>
    private static DateTimeOffset? GetTime(object record) =>
        record switch
        {
            CrmValidationRecord validation => validation.ExpiredAt,
            SalesActivityRecord activity => activity.CreatedAt,
            IExtraColumns { ExtraNames: var names } extra when ExportSchema.IndexOf(names, "date") is >= 0 and var date =>
                DateText.Parse(extra.GetExtra(date)),
            IExtraColumns { ExtraNames: var names } extra when ExportSchema.IndexOf(names, "outcomeAt") is >= 0 and var time =>
                DateText.Parse(extra.GetExtra(time)),
            _ => null,
        };

    private static string GetText(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
