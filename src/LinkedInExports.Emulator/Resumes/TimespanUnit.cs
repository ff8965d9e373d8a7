namespace LinkedInExports.Emulator.Resumes;

/// <summary>The units of LinkedIn's <c>Timespan</c>, which LinkedIn writes in uppercase.</summary>
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
