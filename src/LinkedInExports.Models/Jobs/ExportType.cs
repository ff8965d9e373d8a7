namespace LinkedInExports;

/// <summary>Specifies the content of an export, which determines the type of its records.</summary>
public enum ExportType : long
{
    /// <summary>CRM contacts and leads whose company in the CRM is not their company on LinkedIn.</summary>
    CrmValidation,

    /// <summary>Activities of seat holders, for example saved leads, searches and messages.</summary>
    Activity,

    /// <summary>Seat holders with their scores, for each day.</summary>
    Seat,

    /// <summary>The outcomes of activities, for example an InMail that was accepted.</summary>
    ActivityOutcome,
}
