using System.Text.Json;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>The lifetime of a file, for example <c>{"duration": 72, "unit": "HOUR"}</c>. By default, it is unlimited.</summary>
internal readonly record struct BlobTtl(long Duration, TimespanUnit Unit)
{
    private static readonly Dictionary<string, TimespanUnit> Units = Enum.GetValues<TimespanUnit>()
        .ToDictionary(unit => unit.ToString().ToUpperInvariant(), StringComparer.Ordinal);

    /// <summary>Gets the expiry of a file that is uploaded now, or <c>null</c> if it does not expire.</summary>
    public DateTimeOffset? GetExpiry(DateTimeOffset now)
    {
        if (Duration == 0)
            return null;
        try
        {
            return Unit switch
            {
                TimespanUnit.Millisecond => now.AddMilliseconds(Duration),
                TimespanUnit.Second => now.AddSeconds(Duration),
                TimespanUnit.Minute => now.AddMinutes(Duration),
                TimespanUnit.Hour => now.AddHours(Duration),
                TimespanUnit.Day => now.AddDays(Duration),
                TimespanUnit.Week => now.AddDays(7d * Duration),
                TimespanUnit.Month => now.AddMonths((int)Math.Min(Duration, int.MaxValue)),
                _ => now.AddYears((int)Math.Min(Duration, int.MaxValue)),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            // Beyond the range of dates, so the file does not expire.
            return null;
        }
    }

    /// <summary>Reads the value of <c>blobTtl</c>.</summary>
    /// <returns>False if the value is not a Timespan.</returns>
    public static bool TryRead(JsonElement json, out BlobTtl ttl)
    {
        ttl = default;
        long duration = 0;
        TimespanUnit unit = default;
        string? problem = StrictBody.Read(
            json,
            "/blobTtl",
            [
                BodyField.Long("duration", value => duration = value),
                new("unit", "TimespanUnit", value => TryReadUnit(value, out unit)),
            ]
        );
        ttl = new(duration, unit);
        return problem is null && duration > 0;
    }

    private static bool TryReadUnit(JsonElement json, out TimespanUnit unit)
    {
        string? sent = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        return Units.TryGetValue(sent ?? "", out unit);
    }
}
