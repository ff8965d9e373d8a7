namespace LinkedInExports.Emulator.Contracts;

/// <summary>Specifies how the list of contracts is divided into pages. LinkedIn does not document it.</summary>
public enum ContractPaging
{
    /// <summary>Pages have a link to the next page if there is one.</summary>
    Links,

    /// <summary>Pages have only <c>start</c> and <c>count</c>. A page that is not full is the last one.</summary>
    NoLinks,

    /// <summary>Pages are not full, and have a link to the next page if there is one.</summary>
    ShortPagesWithNext,

    /// <summary>The response has all contracts and no <c>paging</c>.</summary>
    None,

    /// <summary><c>start</c> is ignored: each response is the first page with the link to the second one.</summary>
    StuckStart,

    /// <summary>Each response is the first page, but <c>start</c> and the link advance.</summary>
    RepeatedPage,
}
