using System.Globalization;

namespace LinkedInExports;

/// <summary>
/// How many records one run may remove at most: a number, such as <c>50</c>, or a share of the records in the ledger, such as
/// <c>10%</c>.
/// </summary>
public sealed record RemovalLimit
{
    private RemovalLimit(long? count, decimal? percent) => (Count, Percent) = (count, percent);

    /// <summary>A tenth of the ledger.</summary>
    public static RemovalLimit Default { get; } = new(null, 10);

    /// <summary>The number; null for a share.</summary>
    public long? Count { get; }

    /// <summary>The share in percent, from 0 to 100; null for a number.</summary>
    public decimal? Percent { get; }

    /// <summary>Reads a number of at least 0, or a percentage from 0% to 100%.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static RemovalLimit Parse(string text)
    {
        string trimmed = text.Trim();
        if (long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out long count))
            return new RemovalLimit(count, null);
        if (
            trimmed.EndsWith("%", StringComparison.Ordinal)
            && decimal.TryParse(
                trimmed.Substring(0, trimmed.Length - 1).TrimEnd(),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out decimal percent
            )
            && percent is >= 0 and <= 100
        )
        {
            return new RemovalLimit(null, percent);
        }

        throw new FormatException(
            "It is no limit. Give a number of records, such as 50, or a percentage of the ledger, such as 10%."
        );
    }

    /// <summary>A number of records.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static implicit operator RemovalLimit(int count) =>
        new(
            count >= 0
                ? count
                : throw new ArgumentOutOfRangeException(nameof(count), count, "The number of records cannot be negative."),
            null
        );

    /// <inheritdoc/>
    public override string ToString() =>
        Count is { } count
            ? count.ToString(CultureInfo.InvariantCulture)
            : string.Format(CultureInfo.InvariantCulture, "{0:0.##}%", Percent);

    /// <summary>Whether that many removals are allowed. A share is rounded up, so that it never forbids the only one.</summary>
    internal bool Allows(long removals, long records) =>
        removals <= (Count ?? (long)Math.Ceiling(records * Percent!.Value / 100));
}
