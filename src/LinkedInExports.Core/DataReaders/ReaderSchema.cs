using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
#if NET
using System.Collections.ObjectModel;
#endif

namespace LinkedInExports.Core.DataReaders;

/// <summary>Describes the columns of a reader as ADO.NET does.</summary>
internal sealed class ReaderSchema(ExportColumn[] columns)
{
    private readonly Dictionary<string, int> _ordinals = Enumerable
        .Range(0, columns.Length)
        .ToDictionary(ordinal => columns[ordinal].Name, StringComparer.OrdinalIgnoreCase);

    internal int Count => columns.Length;

    internal ExportColumn this[int ordinal] => columns[ordinal];

    /// <exception cref="IndexOutOfRangeException">The column does not exist.</exception>
    [SuppressMessage("Usage", "CA2201", Justification = "ADO.NET documents this exception.")]
    internal int GetOrdinal(string name) =>
        _ordinals.TryGetValue(name, out int ordinal)
            ? ordinal
            : throw new IndexOutOfRangeException($"The reader has no column '{name}'.");

    internal DataTable CreateTable()
    {
        var table = new DataTable("SchemaTable") { Locale = System.Globalization.CultureInfo.InvariantCulture };
        table.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        table.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        table.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        table.Columns.Add(SchemaTableColumn.NumericPrecision, typeof(short));
        table.Columns.Add(SchemaTableColumn.NumericScale, typeof(short));
        table.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        table.Columns.Add("DataTypeName", typeof(string));
        table.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsLong, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsUnique, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsKey, typeof(bool));
        table.Columns.Add(SchemaTableOptionalColumn.IsReadOnly, typeof(bool));
        for (int ordinal = 0; ordinal < columns.Length; ordinal++)
        {
            ExportColumn column = columns[ordinal];
            table.Rows.Add(
                column.Name,
                ordinal,
                GetSize(column),
                DBNull.Value,
                DBNull.Value,
                column.DataType,
                column.DataType.Name,
                column.AllowsNull,
                false,
                false,
                false,
                true
            );
        }

        return table;
    }

#if NET
    internal ReadOnlyCollection<DbColumn> CreateColumns() =>
        new([.. columns.Select((column, ordinal) => new ReaderColumn(column, ordinal))]);

    private sealed class ReaderColumn : DbColumn
    {
        internal ReaderColumn(ExportColumn column, int ordinal)
        {
            ColumnName = column.Name;
            ColumnOrdinal = ordinal;
            ColumnSize = GetSize(column);
            DataType = column.DataType;
            DataTypeName = column.DataType.Name;
            AllowDBNull = column.AllowsNull;
            IsLong = false;
            IsUnique = false;
            IsKey = false;
            IsReadOnly = true;
        }
    }
#endif

    /// <summary>Gets the maximum length of a text, which is unknown, or the size of a number or time in bytes.</summary>
    private static int GetSize(ExportColumn column) => column.DataType == typeof(string) ? int.MaxValue : sizeof(long);
}
