using System.Globalization;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>The names of seat holders, from the rows of a seat export.</summary>
internal sealed class SeatNames
{
    private const int MaxSeats = 100_000;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    internal void Add(string seatId, string name)
    {
        if (name.Length > 0 && (_names.Count < MaxSeats || _names.ContainsKey(seatId)))
            _names[seatId] = name;
    }

    /// <summary>Gets the name with the id, or the id alone if the name is unknown.</summary>
    internal string GetLabel(string seatId) =>
        _names.TryGetValue(seatId, out string? name)
            ? string.Format(CultureInfo.InvariantCulture, "{0} · {1}", name, seatId)
            : $"Seat {seatId}";
}
