namespace LinkedInExports.Emulator.Files;

/// <summary>Some rows of an endless table.</summary>
/// <param name="First">The first one, counted from 0.</param>
/// <param name="End">The one after the last.</param>
internal readonly record struct RowRange(long First, long End)
{
    public long Count => Math.Max(0, End - First);
}
