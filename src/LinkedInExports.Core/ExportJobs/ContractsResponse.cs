using LinkedInExports.Text;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>A page of contracts.</summary>
internal sealed class ContractsResponse
{
    public ContractElement?[]? Elements { get; set; }

    public ContractsPaging? Paging { get; set; }
}

/// <summary>A contract.</summary>
internal sealed class ContractElement
{
    public SanitizedText? Contract { get; set; }

    public SanitizedText? Name { get; set; }

    public SanitizedText? Description { get; set; }

    public bool HasReportingAccess { get; set; }
}

/// <summary>The position of a page in the list.</summary>
internal sealed class ContractsPaging
{
    public long Start { get; set; }

    public long Count { get; set; }

    public PagingLink?[]? Links { get; set; }
}

/// <summary>A link to another page.</summary>
internal sealed class PagingLink
{
    public string? Rel { get; set; }
}
