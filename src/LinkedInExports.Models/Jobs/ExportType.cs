namespace LinkedInExports;

/// <summary>What an export contains, which determines the type of its records.</summary>
public enum ExportType
{
    /// <summary>CRM contacts and leads whose company in the CRM is not their company on LinkedIn.</summary>
    CrmValidation,

    /// <summary>What seat holders did: leads saved, searches, messages, and so on.</summary>
    Activity,

    /// <summary>Seat holders, with their scores, day by day.</summary>
    Seat,

    /// <summary>The outcomes of activities, for example an InMail that was accepted.</summary>
    ActivityOutcome,
}
