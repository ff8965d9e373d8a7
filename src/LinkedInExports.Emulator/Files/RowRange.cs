namespace LinkedInExports.Emulator.Files;

/// <summary>A range of rows of an infinite table.</summary>
/// <param name="First">The index of the first row.</param>
/// <param name="End">The index after the last row.</param>
internal readonly record struct RowRange(long First, long End)
{
    public long Count => Math.Max(0, End - First);
}
