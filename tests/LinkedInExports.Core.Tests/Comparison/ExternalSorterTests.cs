using System.Globalization;
using LinkedInExports.Core.Comparison;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Comparison;

/// <summary>Comparisons that do not fit into the memory limit.</summary>
public sealed class ExternalSorterTests : IDisposable
{
    private readonly ComparisonFixture _comparison = new();

    public void Dispose() => _comparison.Dispose();

    [Theory]
    [InlineData(64 * 1024 * 1024)] // all of it in memory
    [InlineData(1024 * 1024)] // some runs on the disk
    [InlineData(64 * 1024)] // many, merged in several rounds
    public void Compare_AnyMemoryLimit_EmitsSameDifferences(int memoryBytes)
    {
        (string reference, string difference, string[] expected) = RandomExports(rows: 30_000);
        using var scratch = new TempFolder();
        _comparison.Compare([reference], [difference], memoryBytes: memoryBytes, scratch: scratch.Path);

        Assert.Equal(expected, _comparison.Differences.Select(ComparisonFixture.Show));
        Assert.Empty(scratch.Names);
    }

    [Fact]
    public void Compare_ManyRowsOfOneKey_KeepsMemoryLimit()
    {
        // With the type as the key, all rows are in one group, and no row equals one of the other side.
        string Export(int offset) =>
            ComparisonFixture.ValidationHeader
            + "\n"
            + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{offset + i},LEAD,1,2\n"));
        using var scratch = new TempFolder();
        _comparison.Compare(
            [Export(10_000)],
            [Export(20_000)],
            memoryBytes: 64 * 1024,
            scratch: scratch.Path,
            key: ["CrmRecordType"]
        );

        Assert.Equal(5000, _comparison.Differences.Length);
        Assert.All(_comparison.Differences, difference => Assert.Equal("Changed LEAD CrmId", ComparisonFixture.Show(difference)));
        Assert.Equal("10000", ((CrmValidationRecord)_comparison.Differences[0].Reference!).CrmId);
        Assert.Equal("20000", ((CrmValidationRecord)_comparison.Differences[0].Difference!).CrmId);
        Assert.Equal("24999", ((CrmValidationRecord)_comparison.Differences[^1].Difference!).CrmId);
        Assert.Empty(scratch.Names);
    }

    [Fact]
    public void Compare_RowsOnDisk_HaveNoVisibleFiles()
    {
        (string reference, string difference, _) = RandomExports(rows: 5000);
        using var scratch = new TempFolder();
        int looked = 0;
        _comparison.Recorder.OnMessage = (_, _) =>
        {
            looked++;
            if (!OperatingSystem.IsWindows())
                Assert.Empty(scratch.Names);
        };
        _comparison.Compare([reference], [difference], memoryBytes: 64 * 1024, scratch: scratch.Path);
        Assert.NotEqual(0, looked);
    }

    [Fact]
    public void Compare_Canceled_LeavesNoFiles()
    {
        (string reference, string difference, _) = RandomExports(rows: 5000);
        using var scratch = new TempFolder();
        using var stop = new CancellationTokenSource();
        _comparison.Recorder.OnMessage = (stream, _) =>
        {
            if (stream == "Output")
                stop.Cancel();
        };
        Assert.Throws<OperationCanceledException>(() =>
            _comparison.Compare(
                [reference],
                [difference],
                memoryBytes: 64 * 1024,
                scratch: scratch.Path,
                cancellationToken: stop.Token
            )
        );
        Assert.Single(_comparison.Differences);
        Assert.Empty(scratch.Names);
    }

    [Fact]
    public void Compare_ScratchFolderNotWritable_ThrowsFileWriteFailed()
    {
        (string reference, string difference, _) = RandomExports(rows: 5000);
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            _comparison.Compare([reference], [difference], memoryBytes: 64 * 1024, scratch: _comparison.Folder.File("not-there"))
        );
        Assert.Equal(LinkedInErrorId.FileWriteFailed, error.Id);
    }

    /// <summary>Two exports with known differences, in random order.</summary>
    private static (string Reference, string Difference, string[] Expected) RandomExports(int rows)
    {
        var random = new Random(20260105);
        var before = new List<string>();
        var after = new List<string>();
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < rows; i++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{random.Next():x8}-{i}");
            string row = $"{id},CONTACT,{i},2,{new string('x', random.Next(100))}";
            switch (i % 100)
            {
                case 0:
                    before.Add(row);
                    expected.Add(id, $"Removed {id} CONTACT ");
                    break;
                case 1:
                    after.Add(row);
                    expected.Add(id, $"Added {id} CONTACT ");
                    break;
                case 2:
                    before.Add(row);
                    after.Add(row + "y");
                    expected.Add(id, $"Changed {id} CONTACT Note");
                    break;
                default:
                    before.Add(row);
                    after.Add(row);
                    break;
            }
        }

        return (Text(before), Text(after), [.. expected.Values]);

        string Text(List<string> lines)
        {
            string[] shuffled = [.. lines];
            random.Shuffle(shuffled);
            return $"{ComparisonFixture.ValidationHeader},Note\n{string.Join("\n", shuffled)}\n";
        }
    }
}
