using System.Globalization;
using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.Comparison;

/// <summary>Converts records to the texts of their documented columns, and back.</summary>
internal abstract class RecordMapper
{
    private static readonly Dictionary<ExportType, RecordMapper> All = new()
    {
        [ExportType.CrmValidation] = new Validation(),
        [ExportType.Activity] = new Activity(),
        [ExportType.ActivityOutcome] = new Outcome(),
        [ExportType.Seat] = new Seat(),
    };

    private RecordMapper(ExportType exportType) =>
        Names = [.. ExportSchema.GetColumns(exportType).Select(ExportSchema.GetProperty)];

    /// <summary>The names of the documented columns as properties.</summary>
    internal IReadOnlyList<string> Names { get; }

    internal static RecordMapper Get(ExportType exportType) => All[exportType];

    /// <summary>Gets the values in the order of <see cref="Names"/>, with null for columns that the file does not have.</summary>
    internal abstract void ToValues(object record, string?[] values);

    /// <summary>Creates a record that equals the one from which the values were read.</summary>
    internal abstract object FromValues(string?[] values, IReadOnlyList<string> extraNames, string[] extraValues);

    private static string? GetText(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static long? GetNumber(string? text) =>
        text is null ? null : long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private sealed class Validation() : RecordMapper(ExportType.CrmValidation)
    {
        internal override void ToValues(object record, string?[] values)
        {
            var row = (CrmValidationRecord)record;
            values[0] = row.CrmId;
            values[1] = row.CrmRecordType;
            values[2] = GetText(row.ExpiredAt?.ToUnixTimeMilliseconds());
            values[3] = GetText(row.CreatedAt?.ToUnixTimeMilliseconds());
        }

        internal override object FromValues(string?[] values, IReadOnlyList<string> extraNames, string[] extraValues) =>
            extraNames.Count == 0
                ? new CrmValidationRecord(values[0], values[1], GetNumber(values[2]), GetNumber(values[3]))
                : new CrmValidationRecordWithExtraColumns(
                    values[0],
                    values[1],
                    GetNumber(values[2]),
                    GetNumber(values[3]),
                    extraNames,
                    extraValues
                );
    }

    private sealed class Activity() : RecordMapper(ExportType.Activity)
    {
        internal override void ToValues(object record, string?[] values)
        {
            var row = (SalesActivityRecord)record;
            values[0] = row.ActivityId;
            values[1] = row.ActivityType;
            values[2] = GetText(row.CreatedAt?.UtcTicks);
            values[3] = GetText(row.SeatId);
            values[4] = row.MemberIdentityKey;
        }

        internal override object FromValues(string?[] values, IReadOnlyList<string> extraNames, string[] extraValues)
        {
            DateTimeOffset? createdAt = GetNumber(values[2]) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
            string? member = values[4];
            return extraNames.Count == 0
                ? new SalesActivityRecord(values[0], values[1], createdAt, GetNumber(values[3]), member)
                : new SalesActivityRecordWithExtraColumns(
                    values[0],
                    values[1],
                    createdAt,
                    GetNumber(values[3]),
                    member,
                    extraNames,
                    extraValues
                );
        }
    }

    private sealed class Outcome() : RecordMapper(ExportType.ActivityOutcome)
    {
        internal override void ToValues(object record, string?[] values)
        {
            var row = (ActivityOutcomeRecord)record;
            values[0] = row.ActivityId;
            values[1] = row.ActivityType;
        }

        internal override object FromValues(string?[] values, IReadOnlyList<string> extraNames, string[] extraValues) =>
            new ActivityOutcomeRecord(values[0], values[1], extraNames, extraValues);
    }

    private sealed class Seat() : RecordMapper(ExportType.Seat)
    {
        internal override void ToValues(object record, string?[] values) { }

        internal override object FromValues(string?[] values, IReadOnlyList<string> extraNames, string[] extraValues) =>
            new SeatRecord(extraNames, extraValues);
    }
}
