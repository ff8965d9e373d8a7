namespace LinkedInExports.Emulator.Contracts;

/// <summary>A page of contracts.</summary>
/// <param name="Contracts">The contracts on the page.</param>
/// <param name="Start">The value of <c>start</c> in <c>paging</c>.</param>
/// <param name="Count">The value of <c>count</c> in <c>paging</c>.</param>
/// <param name="Next">The start of the next page, or <c>null</c> for no link.</param>
internal sealed record ContractPage(IReadOnlyList<EmulatedContract> Contracts, long Start, int Count, long? Next)
{
    public static ContractPage Create(IReadOnlyList<EmulatedContract> all, ContractPaging paging, long start, int count) =>
        paging switch
        {
            ContractPaging.None => new(all, 0, count, null),
            ContractPaging.StuckStart => new([.. all.Take(count)], 0, count, count),
            ContractPaging.RepeatedPage => new([.. all.Take(count)], start, count, start + count),
            ContractPaging.ShortPagesWithNext => Create(all, start, count, GetShortCount(count, all.Count - start)),
            _ => Create(all, start, count, count),
        };

    private static ContractPage Create(IReadOnlyList<EmulatedContract> all, long start, int count, int size)
    {
        EmulatedContract[] page = [.. all.Skip((int)Math.Min(start, all.Count)).Take(size)];
        long end = start + page.Length;
        return new(page, start, count, page.Length > 0 && end < all.Count ? end : null);
    }

    // At most half of the remaining contracts, so that even a few contracts have several pages, and no page is empty.
    private static int GetShortCount(int count, long left) => (int)Math.Min(Math.Max(count - 1, 1), (Math.Max(left, 0) + 1) / 2);
}
