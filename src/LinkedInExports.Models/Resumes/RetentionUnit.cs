namespace LinkedInExports;

/// <summary>The units of LinkedIn's <c>Timespan</c>.</summary>
public enum RetentionUnit : long
{
    /// <summary>Milliseconds.</summary>
    Millisecond = 1,

    /// <summary>Seconds.</summary>
    Second,

    /// <summary>Minutes.</summary>
    Minute,

    /// <summary>Hours.</summary>
    Hour,

    /// <summary>Days of 24 hours.</summary>
    Day,

    /// <summary>Weeks.</summary>
    Week,

    /// <summary>Calendar months.</summary>
    Month,

    /// <summary>Calendar years.</summary>
    Year,
}
