using System.Globalization;

namespace LinkedInExports;

/// <summary>
/// The maximum number of records that a run removes: a number, for example <c>50</c>, or a percentage of the records in the
/// ledger, for example <c>10%</c>.
/// </summary>
public sealed record RemovalLimit
{
    private RemovalLimit(long? count, decimal? percent) => (Count, Percent) = (count, percent);

    /// <summary>10 percent of the ledger.</summary>
    public static RemovalLimit Default { get; } = new(null, 10);

    /// <summary>The number, or null for a percentage.</summary>
    public long? Count { get; }

    /// <summary>The percentage from 0 to 100, or null for a number.</summary>
    public decimal? Percent { get; }

    /// <summary>Parses a number of at least 0, or a percentage from 0% to 100%.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
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
            "The limit is invalid. Specify a number of records, for example 50, or a percentage of the ledger, for example 10%."
        );
    }

    /// <summary>Converts a number of records.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
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

    /// <summary>Whether the removals are allowed. A percentage is rounded up, so that it allows at least one removal.</summary>
    internal bool Allows(long removals, long records) =>
        removals <= (Count ?? (long)Math.Ceiling(records * Percent!.Value / 100));
}
