namespace LinkedInExports;

/// <summary>What an export contains, and so which records its file yields.</summary>
public enum ExportKind
{
    /// <summary>CRM contacts and leads whose company in the CRM is not their company on LinkedIn.</summary>
    CrmValidation,
}
