using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.DataReaders;

/// <summary>The columns of a reader: the documented ones, those of any file, and those of the source.</summary>
internal static class ExportColumns
{
    internal static ExportColumn[] Create(ExportPartSet files, bool includesSource)
    {
        ColumnMap[] maps = [.. files.Parts.Select(part => part.Columns).OfType<ColumnMap>()];
        ExportColumn[] ofFiles = [.. CreateDocumented(files.ExportType, maps), .. CreateExtra(maps)];

        // As in records, a column of a file replaces a column of the source with the same name.
        var names = new HashSet<string>(ofFiles.Select(column => column.Name), StringComparer.OrdinalIgnoreCase);
        return includesSource ? [.. ofFiles, .. CreateSource().Where(column => !names.Contains(column.Name))] : ofFiles;
    }

    private static IEnumerable<ExportColumn> CreateDocumented(ExportType exportType, ColumnMap[] maps) =>
        ExportSchema
            .GetColumns(exportType)
            .Select(column =>
            {
                ColumnFormat format = GetFormat(exportType, column);
                bool allowsNull = format == ColumnFormat.OptionalText || maps.Any(map => !map.Has(column));
                return new ExportColumn(ExportSchema.GetProperty(column), format, allowsNull) { DocumentedName = column };
            });

    private static ColumnFormat GetFormat(ExportType exportType, string column) =>
        (exportType, column) switch
        {
            (_, "crmId" or "activityId") => ColumnFormat.Key,
            (_, "memberIdentityKey") => ColumnFormat.OptionalText,
            (_, "seatId") => ColumnFormat.Integer,
            (ExportType.CrmValidation, "expiredAt" or "createdAt") => ColumnFormat.Milliseconds,
            (ExportType.Activity, "createdAt") => ColumnFormat.ActivityTime,
            _ => ColumnFormat.Text,
        };

    private static IEnumerable<ExportColumn> CreateExtra(ColumnMap[] maps) =>
        maps.SelectMany(map => map.ExtraNames)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => new ExportColumn(
                name,
                ColumnFormat.Text,
                AllowsNull: maps.Any(map => !map.ExtraNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            ));

    private static ExportColumn[] CreateSource() =>
        [
            new(nameof(ExportRecord.JobId), ColumnFormat.SourceInteger, AllowsNull: true),
            new(nameof(ExportRecord.Contract), ColumnFormat.SourceText, AllowsNull: true),
            new(nameof(ExportRecord.CrmInstanceId), ColumnFormat.SourceText, AllowsNull: true),
            new(nameof(ExportRecord.FilePath), ColumnFormat.SourceText, AllowsNull: false),
            new(nameof(ExportRecord.RowNumber), ColumnFormat.SourceInteger, AllowsNull: false),
        ];
}
