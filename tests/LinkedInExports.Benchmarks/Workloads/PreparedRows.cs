using System.Data;
using LinkedInExports.Core.DataReaders;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>A reader of existing values: the maximum speed of a load.</summary>
internal sealed class PreparedRows(DataTable schema, object[][] rows, long count) : TypedDataReader
{
    private object[] _row = [];
    private long _read;

    public override int FieldCount => schema.Columns.Count;

    public override bool HasRows => count > 0;

    public override bool IsClosed => false;

    public override bool Read()
    {
        if (_read == count)
            return false;
        _row = rows[_read++ % rows.Length];
        return true;
    }

    public override bool NextResult() => false;

    public override string GetName(int ordinal) => schema.Columns[ordinal].ColumnName;

    public override int GetOrdinal(string name) => schema.Columns.IndexOf(name);

    public override Type GetFieldType(int ordinal) => schema.Columns[ordinal].DataType;

    public override bool IsDBNull(int ordinal) => _row[ordinal] is DBNull;

    public override object GetValue(int ordinal) => _row[ordinal];

    public override int GetValues(object[] values)
    {
        _row.CopyTo(values, 0);
        return _row.Length;
    }

    public override string GetString(int ordinal) => (string)_row[ordinal];

    public override long GetInt64(int ordinal) => (long)_row[ordinal];

    public override DateTime GetDateTime(int ordinal) => (DateTime)_row[ordinal];
}
