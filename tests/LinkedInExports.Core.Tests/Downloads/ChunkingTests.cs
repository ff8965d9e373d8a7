using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>The saved file does not depend on the sizes of chunks or on the number of connections.</summary>
public sealed class ChunkingTests
{
    private static readonly string[] Values =
    [
        "a",
        "",
        "1735689600000",
        "\"q\"",
        "\"a,b\"",
        "\"line\nbreak\"",
        "\"say \"\"hi\"\"\"",
        "ü",
        "日本",
        "😀",
        "\"\"",
    ];

    private static readonly Gen<string> File =
        from mark in Gen.Elements("", "\uFEFF")
        from end in Gen.Elements("\n", "\r\n")
        from rows in Gen.Elements(Values).ArrayOf(4).ListOf()
        select mark
            + string.Concat(
                rows.Select(row => string.Join(',', row))
                    .Prepend("crmId,crmRecordType,expiredAt,createdAt")
                    .Select(row => row + end)
            );

    private static readonly Gen<Case> Cases =
        from text in File
        from chunks in Gen.Choose(1, 50).NonEmptyListOf()
        from breaks in Gen.Choose(1, 200).ListOf()
        select new Case(text, [.. chunks], [.. breaks.Take(4)]);

    [Fact]
    public void ReadProfile_AnyChunks_ReturnsSameProfile() =>
        Prop.ForAll(
                Cases.ToArbitrary(),
                one =>
                {
                    byte[] bytes = Encoding.UTF8.GetBytes(one.Text);
                    CsvProfile whole = Shape(new MemoryStream(bytes));
                    CsvProfile pieces = Shape(new Pieces(bytes, one.Chunks, int.MaxValue));
                    return (whole.RowCount, whole.IsLastRowComplete, whole.LastValueLength)
                            == (pieces.RowCount, pieces.IsLastRowComplete, pieces.LastValueLength)
                        && whole.FirstRow.SequenceEqual(pieces.FirstRow);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void SaveAsync_AnyChunksAndBrokenConnections_SavesSameFile() =>
        Prop.ForAll(
                Cases.ToArbitrary(),
                one =>
                {
                    byte[] bytes = Encoding.UTF8.GetBytes(one.Text);
                    using var folder = new TempFolder();
                    SavedExportFile saved = Save(one, bytes, folder.Path);
                    return System.IO.File.ReadAllBytes(saved.Path).SequenceEqual(bytes)
                        && saved.Sha256 == TestHash.Sha256(bytes)
                        && saved.Length == bytes.Length
                        && saved.RowCount == Shape(new MemoryStream(bytes)).RowCount - 1;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static SavedExportFile Save(Case one, byte[] bytes, string folder)
    {
        var breaks = new Queue<int>(one.Breaks);
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                Retry = EmulatorFixture.FastRetry,
                HttpHandler = new FakeHttpHandler(request =>
                    Answer(request, bytes, one.Chunks, breaks.TryDequeue(out int at) ? at : int.MaxValue)
                ),
            }
        );
        ExportSaver saver = client.CreateSaver(new SaveOptions { Destination = folder });
        var input = new InputBuffer<ExportJob>();
        input.Add(
            new CrmValidationExportJob
            {
                JobId = 1,
                CrmInstanceId = EmulatorFixture.Crm,
                Status = "COMPLETED",
                DownloadUrls = [new SignedUrl(new Uri("https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ"))],
            }
        );
        input.CompleteAdding();
        var recorder = new RecordingOutput();
        saver.SaveAsync(input.ReadAllAsync(), recorder, CancellationToken.None).RecordAsync(recorder).GetAwaiter().GetResult();
        Assert.Empty(recorder.Errors);
        return (SavedExportFile)Assert.Single(recorder.Outputs);
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, byte[] bytes, int[] chunks, int breakAt)
    {
        int from = (int)(request.Headers.Range?.Ranges.Single().From ?? 0);
        if (from >= bytes.Length)
            return new HttpResponseMessage(HttpStatusCode.RequestedRangeNotSatisfiable);
        var answer = new HttpResponseMessage(from == 0 ? HttpStatusCode.OK : HttpStatusCode.PartialContent)
        {
            Content = new StreamContent(new Pieces(bytes[from..], chunks, breakAt)),
        };
        answer.Content.Headers.ContentLength = bytes.Length - from;
        answer.Headers.ETag = new EntityTagHeaderValue("\"1\"");
        if (from > 0)
            answer.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, bytes.Length - 1, bytes.Length);
        return answer;
    }

    private static CsvProfile Shape(Stream stream) =>
        CsvProfile.ReadAsync(stream, CancellationToken.None).GetAwaiter().GetResult();

    private sealed record Case(string Text, int[] Chunks, int[] Breaks)
    {
        public override string ToString() =>
            $"{System.Text.Json.JsonSerializer.Serialize(Text)} in {string.Join(',', Chunks)}, broken at "
            + $"{string.Join(',', Breaks)}";
    }

    /// <summary>Bytes in pieces of the given lengths, repeatedly, with an end of the connection at a position.</summary>
    private sealed class Pieces(byte[] bytes, int[] lengths, int breakAt) : MemoryStream(bytes)
    {
        private int _next;

        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Next(count));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Next(buffer.Length)]);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer, offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(Read(buffer.Span));

        private int Next(int count)
        {
            if (Position >= breakAt)
                throw new IOException("The connection was closed.");
            return (int)Math.Min(Math.Min(count, lengths[_next++ % lengths.Length]), breakAt - Position);
        }
    }
}
