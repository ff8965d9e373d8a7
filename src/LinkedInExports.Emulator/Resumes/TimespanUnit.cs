namespace LinkedInExports.Emulator.Resumes;

/// <summary>The units of LinkedIn's <c>Timespan</c>, in its spelling when written in upper case.</summary>
internal enum TimespanUnit : byte
{
    Millisecond = 1,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}
