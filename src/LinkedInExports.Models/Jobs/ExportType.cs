namespace LinkedInExports;

/// <summary>What an export contains, and so which records its file yields.</summary>
public enum ExportType
{
    /// <summary>CRM contacts and leads whose company in the CRM is not their company on LinkedIn.</summary>
    CrmValidation,

    /// <summary>What seat holders did: leads saved, searches, messages, and so on.</summary>
    Activity,

    /// <summary>Seat holders, with their scores, day by day.</summary>
    Seat,

    /// <summary>What came of activities, for example an InMail that was accepted.</summary>
    ActivityOutcome,
}
