namespace LinkedInExports.Emulator.Contracts;

/// <summary>How the list of contracts tells where it ends; what LinkedIn really does is not documented.</summary>
public enum ContractPaging
{
    /// <summary>A link to the next page as long as there is more.</summary>
    Links,

    /// <summary>Only <c>start</c> and <c>count</c>: a page that is not full is the last one.</summary>
    NoLinks,

    /// <summary>Pages that are not full, with a link to the next one as long as there is more.</summary>
    ShortPagesWithNext,

    /// <summary>No <c>paging</c> at all, and everything at once.</summary>
    None,

    /// <summary><c>start</c> is ignored: always the first page, with the same link to the second one.</summary>
    StuckStart,

    /// <summary>The first page again and again, while <c>start</c> and the link move on.</summary>
    RepeatedPage,
}
