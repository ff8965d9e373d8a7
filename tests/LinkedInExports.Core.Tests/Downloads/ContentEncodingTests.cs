using System.IO.Compression;
using System.Text;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>Bodies that a server compressed without a request for it are decoded and saved.</summary>
[Collection(nameof(Alone))]
public sealed class ContentEncodingTests : IDisposable
{
    private static readonly string Rows = string.Concat(Enumerable.Range(1, 5000).Select(ExportSaverFixture.Row));
    private static readonly byte[] File = Encoding.UTF8.GetBytes(ExportSaverFixture.Activities + Rows);

    private readonly ExportSaverFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    [InlineData("deflate")]
    [InlineData("deflate", true)]
#if !DESKTOP_ENGINE
    [InlineData("br")] // .NET Framework has no decoder.
#endif
    [InlineData("identity")]
    public async Task SaveAsync_EncodedBody_SavesTheDecodedFile(string encoding, bool isRaw = false)
    {
        _fixture.File = _ => ExportSaverFixture.Bytes(Encode(File, encoding, isRaw), encoding);
        await _fixture.SaveAsync(ExportSaverFixture.Activity(1, 5000, "AQ"));
        SavedExportFile file = Assert.Single(_fixture.Files);
        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(file.Path));
        Assert.Equal((File.Length, 5000, true), (file.Length, file.RowCount, file.IsRecognized));
        Assert.Empty(_fixture.Recorder.Errors);
    }

    [Fact]
    public async Task SaveAsync_EncodedTwice_SavesTheDecodedFile()
    {
        _fixture.File = _ => ExportSaverFixture.Bytes(Encode(Encode(File, "deflate"), "gzip"), "deflate", "gzip");
        await _fixture.SaveAsync(ExportSaverFixture.Activity(1, 5000, "AQ"));
        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(Assert.Single(_fixture.Files).Path));
    }

    [Fact]
    public async Task SaveAsync_GzipOfSeveralMembers_SavesAllOfThem()
    {
        _fixture.File = _ =>
            ExportSaverFixture.Bytes(
                [.. Encode(File[..1000], "gzip"), .. Encode(File[1000..], "gzip"), .. Encode([], "gzip")],
                "gzip"
            );
        await _fixture.SaveAsync(ExportSaverFixture.Activity(1, 5000, "AQ"));
        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(Assert.Single(_fixture.Files).Path));
    }

    [Fact]
    public async Task SaveAsync_EncodedSeatExport_SavesTheDecodedFile()
    {
        byte[] seats = Encoding.UTF8.GetBytes("seatId,name\n1,Jo\n2,Al\n");
        _fixture.File = _ => ExportSaverFixture.Bytes(Encode(seats, "gzip"), "gzip");
        await _fixture.SaveAsync(Seat(1));
        Assert.Equal(seats, await System.IO.File.ReadAllBytesAsync(Assert.Single(_fixture.Files).Path));
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("compress")]
    [InlineData("aes128gcm")]
    public async Task SaveAsync_UnknownEncoding_IsOneErrorWithItsName(string encoding)
    {
        _fixture.File = _ => ExportSaverFixture.Bytes(File, encoding);
        await _fixture.SaveAsync(ExportSaverFixture.Activity(1, 5000, "AQ"));
        LinkedInException error = Assert.Single(_fixture.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.UnsupportedEncoding, error.Id);
        Assert.Contains($"'{encoding}'", error.Message, StringComparison.Ordinal);
        Assert.Single(_fixture.Downloads);
        Assert.Equal(TimeSpan.Zero, _fixture.Time.Elapsed);
        Assert.Empty(Directory.GetFiles(_fixture.Folder.File("out")));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
#if !DESKTOP_ENGINE
    [InlineData("br")] // .NET Framework has no decoder.
#endif
    public async Task SaveAsync_EncodedBodyThatIsCut_IsNotAccepted(string encoding)
    {
        byte[] encoded = Encode(File, encoding);
        foreach (int length in new[] { 0, 1, 5, encoded.Length / 2, encoded.Length - 9, encoded.Length - 1 })
        {
            // With the matching length, as if the server considered this body complete.
            _fixture.File = _ => ExportSaverFixture.Bytes(encoded[..length], encoding);
            await _fixture.SaveAsync(new SaveOptions { Force = true }, ExportSaverFixture.Activity(1, 5000, "AQ"));

            // Only a checksum may follow the last row.
            if (length == encoded.Length - 1 && _fixture.Files is [{ } whole])
            {
                Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(whole.Path));
            }
            else
            {
                Assert.True(
                    _fixture.Recorder.Errors is [{ Id: LinkedInErrorId.DownloadIncomplete }],
                    $"{encoding} cut at {length} of {encoded.Length}"
                );
            }
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
#if !DESKTOP_ENGINE
    [InlineData("br")] // .NET Framework has no decoder.
#endif
    public async Task SaveAsync_DamagedEncodedBody_IsAnError(string encoding)
    {
        byte[] encoded = Encode(File, encoding);
        encoded.AsSpan(encoded.Length / 2, 40).Fill(0xFF);
        _fixture.File = _ => ExportSaverFixture.Bytes(encoded, encoding);
        await _fixture.SaveAsync(ExportSaverFixture.Activity(1, 5000, "AQ"));
        Assert.Equal(LinkedInErrorId.DownloadIncomplete, Assert.Single(_fixture.Recorder.Errors).Id);
        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public async Task SaveAsync_EncodedBodyThatBreaksOff_Restarts()
    {
        byte[] encoded = Encode(File, "gzip");
        int downloads = 0;
        _fixture.File = _ =>
        {
            HttpResponseMessage response = ExportSaverFixture.Bytes(encoded, "gzip");
            if (++downloads == 1)
            {
                response.Content = new StreamContent(new BreakingStream(encoded[..(encoded.Length / 2)]));
                response.Content.Headers.ContentLength = encoded.Length;
                response.Content.Headers.ContentEncoding.Add("gzip");
            }

            response.Headers.ETag = new System.Net.Http.Headers.EntityTagHeaderValue("\"1\"");
            return response;
        };
        await _fixture.SaveAsync(ExportSaverFixture.Activity(1, 5000, "AQ"));
        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(Assert.Single(_fixture.Files).Path));
        Assert.Equal(2, downloads);
    }

    [Fact]
    public async Task SaveAsync_GzipThatNoHeaderAnnounces_IsNamedAndNotSaved()
    {
        _fixture.File = _ => ExportSaverFixture.Bytes(Encode(File, "gzip"));
        await _fixture.SaveAsync(Seat(1));
        LinkedInException error = Assert.Single(_fixture.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.InvalidExportFile, error.Id);
        Assert.Contains("compressed (gzip)", error.Message, StringComparison.Ordinal);
        Assert.Single(_fixture.Downloads);
    }

    private static SalesAnalyticsExportJob Seat(long id) =>
        new(ExportType.Seat)
        {
            JobId = id,
            Contract = ExportSaverFixture.Contract,
            Status = "COMPLETED",
            DownloadUrls = [new SignedUrl(new Uri(ExportSaverFixture.Link("AQ")))],
        };

    private static byte[] Encode(byte[] bytes, string encoding, bool isRaw = false)
    {
        using var encoded = new MemoryStream();
        Stream? encoder = encoding.ToUpperInvariant() switch
        {
            "GZIP" or "X-GZIP" => new GZipStream(encoded, CompressionLevel.Optimal),
            "DEFLATE" => isRaw
                ? new DeflateStream(encoded, CompressionLevel.Optimal)
                : new ZLibStream(encoded, CompressionLevel.Optimal),
            "BR" => new BrotliStream(encoded, CompressionLevel.Optimal),
            _ => null,
        };
        if (encoder is null)
            return bytes;
        using (encoder)
            encoder.Write(bytes);
        return encoded.ToArray();
    }

    /// <summary>Sends its bytes, and then the connection fails.</summary>
    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read
                ? read
                : throw new IOException("Connection reset by peer");

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);
    }
}
