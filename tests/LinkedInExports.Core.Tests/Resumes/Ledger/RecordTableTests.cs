using LinkedInExports.Core.Resumes.Ledger;
using Xunit.Abstractions;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

public sealed class RecordTableTests(ITestOutputHelper output)
{
    [Fact]
    public void Find_EmptyTable_ReturnsNull()
    {
        var table = new RecordTable();
        Assert.Null(table.Find(new KeyHash(1, 2)));
        Assert.Equal((0, 0), (table.Count, table.GetRows().Count));
    }

    [Fact]
    public void Set_LargestValues_AreKept()
    {
        var table = new RecordTable();
        var entry = new RecordEntry(
            long.MaxValue,
            ulong.MaxValue,
            LedgerEntryType.Requests,
            new ContentHash(ulong.MaxValue - 1),
            IsRemoving: true
        );
        table.Set(new KeyHash(ulong.MaxValue, ulong.MaxValue), entry);
        table.Set(new KeyHash(0, 0), default);
        var copy = new RecordTable(table.GetRows());
        Assert.Equal(entry, copy.Find(new KeyHash(ulong.MaxValue, ulong.MaxValue)));
        Assert.Equal(default(RecordEntry), copy.Find(new KeyHash(0, 0)));
        Assert.Null(copy.Find(new KeyHash(0, 1)));
    }

    /// <summary>Behaves as a dictionary, however the entries are divided into rows and changes.</summary>
    [Theory]
    [InlineData(50, 3_000)]
    [InlineData(30_000, 100_000)]
    public void Table_RandomChanges_EqualsDictionary(int keys, int changes)
    {
        int seed = new Random().Next();
        output.WriteLine($"Seed: {seed}");
        var random = new Random(seed);
        var expected = new Dictionary<KeyHash, RecordEntry>();
        var table = new RecordTable();
        for (int change = 0; change < changes; change++)
        {
            KeyHash key = Key(random.Next(keys));
            if (random.Next(3) > 0)
            {
                var entry = new RecordEntry(
                    change,
                    (ulong)change,
                    LedgerEntryType.Failed + (change % 2),
                    new ContentHash((ulong)change * 7),
                    change % 3 == 0
                );
                expected[key] = entry;
                table.Set(key, entry);
            }
            else
            {
                expected.Remove(key);
                table.Remove(key);
            }

            if (random.Next(changes / 20) == 0)
                table = new RecordTable(table.GetRows());
            if (random.Next(changes / 2) == 0)
            {
                expected.Clear();
                table.Clear();
            }

            Assert.Equal(expected.Count, table.Count);
        }

        AssertSame();
        Assert.Equal(expected.Values.Count(IsFailed), table.CountWhere(IsFailed));
        Assert.Equal(expected.Count * RecordTable.RowSize, table.GetRows().Count);
        AssertSame();

        void AssertSame()
        {
            for (int number = 0; number < keys; number++)
            {
                Assert.Equal(expected.TryGetValue(Key(number), out RecordEntry entry) ? entry : null, table.Find(Key(number)));
            }
        }
    }

    /// <summary>Some keys differ only in their low half.</summary>
    private static KeyHash Key(int number) => new((ulong)(number / 3) * 0x9E3779B97F4A7C15, (ulong)number * 0xC2B2AE3D27D4EB4F);

    private static bool IsFailed(RecordEntry entry) => entry.Type == LedgerEntryType.Failed;
}
