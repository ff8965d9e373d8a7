namespace LinkedInExports;

/// <summary>Specifies what a resume sync would do with a record.</summary>
public enum PlannedResumeAction : long
{
    /// <summary>Nothing: the record is in sync.</summary>
    None,

    /// <summary>Upload the file and link it to the candidate.</summary>
    Upload,

    /// <summary>Send the record without its file, which is uploaded already.</summary>
    Update,

    /// <summary>Remove the resume at LinkedIn, because its record is missing from the input.</summary>
    Remove,

    /// <summary>Reject the record, because it is invalid.</summary>
    Reject,
}
