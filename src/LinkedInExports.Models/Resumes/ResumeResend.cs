namespace LinkedInExports;

/// <summary>Which resumes are sent again although they are in sync.</summary>
public enum ResumeResend
{
    /// <summary>Those whose files LinkedIn has deleted, because the time that they were kept for is over.</summary>
    Expired = 1,

    /// <summary>All of the input.</summary>
    All,
}
