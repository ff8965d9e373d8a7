namespace LinkedInExports;

/// <summary>Specifies the resumes in sync that are sent again.</summary>
public enum ResumeResend : long
{
    /// <summary>Resumes whose files LinkedIn has deleted because their retention period expired.</summary>
    Expired = 1,

    /// <summary>All resumes of the input.</summary>
    All,
}
