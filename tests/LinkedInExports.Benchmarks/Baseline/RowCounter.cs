using System.Data.Common;

namespace LinkedInExports.Benchmarks.Baseline;

/// <summary>
/// Reads all rows, as a database does. A loop of PowerShell would take most of the time, and a class of Add-Type would be
/// compiled during the measurement.
/// </summary>
public static class RowCounter
{
    /// <summary>Reads all rows, and returns their number.</summary>
    public static long Count(DbDataReader reader)
    {
        long rows = 0;
        while (reader.Read())
            rows++;
        return rows;
    }
}
