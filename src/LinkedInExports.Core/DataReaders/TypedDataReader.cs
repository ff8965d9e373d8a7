using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace LinkedInExports.Core.DataReaders;

/// <summary>A reader whose values are of type String, Int64 and DateTime. Values are not converted to other types.</summary>
[SuppressMessage("Design", "CA1010", Justification = "ADO.NET enumerates readers as DbDataRecord, without a generic interface.")]
public abstract class TypedDataReader : DbDataReader
{
    private protected TypedDataReader() { }

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <inheritdoc/>
    public override int RecordsAffected => -1;

    /// <inheritdoc/>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc/>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <inheritdoc/>
    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;

    /// <inheritdoc/>
    public override T GetFieldValue<T>(int ordinal)
    {
        if (Getter<T>.Get is { } get)
            return get(this, ordinal);
        object value = GetValue(ordinal);
        return value is DBNull && Nullable.GetUnderlyingType(typeof(T)) is not null ? default! : (T)value;
    }

    /// <inheritdoc/>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        string text = GetString(ordinal);
        if (buffer is null)
            return text.Length;
        int start = (int)Math.Min(dataOffset, text.Length);
        int count = Math.Min(length, text.Length - start);
        text.CopyTo(start, buffer, bufferOffset, count);
        return count;
    }

    /// <inheritdoc/>
    public override bool GetBoolean(int ordinal) => Convert<bool>(ordinal);

    /// <inheritdoc/>
    public override byte GetByte(int ordinal) => Convert<byte>(ordinal);

    /// <inheritdoc/>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Convert<byte[]>(ordinal).Length;

    /// <inheritdoc/>
    public override char GetChar(int ordinal) => Convert<char>(ordinal);

    /// <inheritdoc/>
    public override decimal GetDecimal(int ordinal) => Convert<decimal>(ordinal);

    /// <inheritdoc/>
    public override double GetDouble(int ordinal) => Convert<double>(ordinal);

    /// <inheritdoc/>
    public override float GetFloat(int ordinal) => Convert<float>(ordinal);

    /// <inheritdoc/>
    public override Guid GetGuid(int ordinal) => Convert<Guid>(ordinal);

    /// <inheritdoc/>
    public override short GetInt16(int ordinal) => Convert<short>(ordinal);

    /// <inheritdoc/>
    public override int GetInt32(int ordinal) => Convert<int>(ordinal);

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    /// <summary>Fails, because no column has this type.</summary>
    private T Convert<T>(int ordinal) =>
        throw new InvalidCastException(
            $"The column {GetName(ordinal)} has the type {GetDataTypeName(ordinal)} and not {typeof(T).Name}."
        );

    /// <summary>Gets values of a type without boxing them.</summary>
    private static class Getter<T>
    {
        /// <summary>The method for the type, or null for types of which there are no columns.</summary>
        internal static readonly Func<DbDataReader, int, T>? Get = Create() as Func<DbDataReader, int, T>;

        private static Delegate? Create() =>
            typeof(T) == typeof(string) ? (Func<DbDataReader, int, string>)(static (reader, ordinal) => reader.GetString(ordinal))
            : typeof(T) == typeof(long) ? (Func<DbDataReader, int, long>)(static (reader, ordinal) => reader.GetInt64(ordinal))
            : typeof(T) == typeof(DateTime)
                ? (Func<DbDataReader, int, DateTime>)(static (reader, ordinal) => reader.GetDateTime(ordinal))
            : typeof(T) == typeof(DateTimeOffset)
                ? (Func<DbDataReader, int, DateTimeOffset>)(static (reader, ordinal) => new(reader.GetDateTime(ordinal)))
            : null;
    }
}
