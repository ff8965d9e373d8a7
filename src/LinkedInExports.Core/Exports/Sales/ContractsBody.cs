using LinkedInExports.Text;

namespace LinkedInExports.Core.Exports.Sales;

/// <summary>A page of contracts.</summary>
internal sealed class ContractsBody
{
    public ContractBody?[]? Elements { get; set; }

    public PagingBody? Paging { get; set; }
}

/// <summary>A contract.</summary>
internal sealed class ContractBody
{
    public SanitizedText? Contract { get; set; }

    public SanitizedText? Name { get; set; }

    public SanitizedText? Description { get; set; }

    public bool HasReportingAccess { get; set; }
}

/// <summary>Where a page stands in the list.</summary>
internal sealed class PagingBody
{
    public long Start { get; set; }

    public long Count { get; set; }

    public LinkBody?[]? Links { get; set; }
}

/// <summary>A link to another page.</summary>
internal sealed class LinkBody
{
    public string? Rel { get; set; }
}
