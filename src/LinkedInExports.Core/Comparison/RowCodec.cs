using System.Buffers.Binary;

namespace LinkedInExports.Core.Comparison;

/// <summary>Encodes records as rows, and decodes rows.</summary>
internal sealed class RowCodec
{
    private readonly RecordMapper _values;
    private readonly ComparisonColumns _columns;
    private readonly RowWriter _writer = new();
    private readonly List<Plan> _plans = [];
    private readonly string?[] _documentedColumns;
    private Plan? _lastPlan;

    internal RowCodec(ExportType exportType, ComparisonColumns columns)
    {
        _values = RecordMapper.Get(exportType);
        _columns = columns;
        _documentedColumns = new string?[_values.Names.Count];
    }

    /// <summary>Encodes a record. The row is valid until the next call.</summary>
    internal Row Encode(object record)
    {
        var extra = record as IExtraColumns;
        Plan plan = GetPlan(extra?.ExtraNames ?? []);
        _values.ToValues(record, _documentedColumns);

        _writer.Begin();
        Write(plan.Key, extra);
        _writer.EndPart(0);
        Write(plan.Compared, extra);
        _writer.EndPart(1);
        _writer.Write(plan.Number);
        Write(plan.Rest, extra);
        _writer.EndPart(2);
        return _writer.Row;
    }

    internal object Decode(Row row)
    {
        Plan plan = _plans[BinaryPrimitives.ReadInt32LittleEndian(row.Payload)];
        var documented = new string?[_documentedColumns.Length];
        var extra = new string[plan.ExtraNames.Count];
        Read(row.Key, plan.Key, documented, extra);
        Read(row.Compared, plan.Compared, documented, extra);
        Read(row.Payload.Slice(sizeof(int)), plan.Rest, documented, extra);
        return _values.FromValues(documented, plan.ExtraNames, extra);
    }

    /// <summary>Formats the key for display.</summary>
    internal string FormatKey(Row row)
    {
        var values = new string?[_columns.Key.Count];
        RowWriter.Read(row.Key, values);
        return string.Join(" ", values);
    }

    /// <summary>Gets the names of the compared columns that differ.</summary>
    internal string[] GetChangedColumns(Row reference, Row difference)
    {
        var before = new string?[_columns.Compared.Count];
        var after = new string?[_columns.Compared.Count];
        RowWriter.Read(reference.Compared, before);
        RowWriter.Read(difference.Compared, after);
        return [.. _columns.Compared.Where((_, i) => before[i] != after[i])];
    }

    private void Write(int[] indexes, IExtraColumns? extra)
    {
        foreach (int index in indexes)
        {
            _writer.Write(
                index < _documentedColumns.Length ? _documentedColumns[index] : extra!.GetExtra(index - _documentedColumns.Length)
            );
        }
    }

    private static void Read(ReadOnlySpan<byte> bytes, int[] indexes, string?[] documented, string[] extra)
    {
        var values = new string?[indexes.Length];
        RowWriter.Read(bytes, values);
        for (int i = 0; i < indexes.Length; i++)
        {
            if (indexes[i] < documented.Length)
                documented[indexes[i]] = values[i];
            else
                extra[indexes[i] - documented.Length] = values[i]!; // Only documented columns can be missing.
        }
    }

    /// <summary>Gets the column indexes of a record. All records of a file share one list of names.</summary>
    private Plan GetPlan(IReadOnlyList<string> extraNames)
    {
        if (_lastPlan is null || !IsValidFor(_lastPlan, extraNames))
        {
            _lastPlan = _plans.FirstOrDefault(plan => IsValidFor(plan, extraNames));
            if (_lastPlan is null)
                _plans.Add(_lastPlan = Plan.Create(_plans.Count, _values.Names, extraNames, _columns));
        }

        return _lastPlan;
    }

    private static bool IsValidFor(Plan plan, IReadOnlyList<string> names) =>
        ReferenceEquals(plan.ExtraNames, names) || plan.ExtraNames.SequenceEqual(names, StringComparer.Ordinal);

    /// <summary>The column indexes for one header. The documented columns come first.</summary>
    private sealed record Plan(int Number, IReadOnlyList<string> ExtraNames, int[] Key, int[] Compared, int[] Rest)
    {
        internal static Plan Create(
            int number,
            IReadOnlyList<string> documented,
            IReadOnlyList<string> extra,
            ComparisonColumns columns
        )
        {
            List<string> all = [.. documented, .. extra];
            int[] key = [.. columns.Key.Select(IndexOf)];
            int[] compared = [.. columns.Compared.Select(IndexOf)];
            return new Plan(number, extra, key, compared, [.. Enumerable.Range(0, all.Count).Except(key).Except(compared)]);

            int IndexOf(string column) => all.FindIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
        }
    }
}
