using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Emulator.Tests.Faults;

/// <summary>Responses that are not valid HTTP, outages, and invalid results of single records.</summary>
public sealed class ResponseRewriteTests
{
    private const string Contracts = "/v2/salesContracts?q=contractsByMember";
    private const string V2 = WireFixture.Protocol;

    private static readonly byte[] InvalidUtf8 = [0xC3, 0x28];

    [Fact]
    public async Task Rewrite_OfStatusAndHeaders_SendsAnyBytes()
    {
        await using WireFixture wire = await StartAsync(
            new()
            {
                StatusCode = 999,
                ReasonPhrase = "\u001b]0;title\u0007",
                Headers = new Dictionary<string, string?>
                {
                    ["Date"] = "Mon, 01 Jan 0001 00:00:00 GMT",
                    ["x-li-uuid"] = "${token}",
                    ["x-li-fabric"] = null,
                    ["Content-Length"] = "9223372036854775807",
                },
            }
        );
        string answer = await SendAsync(wire.Emulator, Contracts);
        Assert.StartsWith("HTTP/1.1 999 \u001b]0;title\u0007\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Date: Mon, 01 Jan 0001 00:00:00 GMT\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"x-li-uuid: {wire.Emulator.AccessToken}\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 9223372036854775807\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("x-li-fabric", answer, StringComparison.Ordinal);
        Assert.Contains("Fabrikam", answer, StringComparison.Ordinal);
        Assert.Equal(
            (999, "Rewrite", true),
            wire.Emulator.Requests.Select(request => (request.StatusCode, request.FaultApplied, request.Completed)).Single()
        );
    }

    [Fact]
    public async Task Rewrite_OfParts_ReplacesThemByAnyBytes()
    {
        await using WireFixture wire = await StartAsync(
            new()
            {
                Replacements =
                [
                    new("\"elements\":[", "\"elements\":[null,"),
                    new("Fabrikam EMEA", InvalidUtf8),
                    new("Pilot", "${token}"),
                ],
            }
        );
        byte[] body = Encoding.Latin1.GetBytes((await SendAsync(wire.Emulator, Contracts)).Split("\r\n\r\n", 2)[1]);
        Assert.StartsWith("{\"elements\":[null,{", Encoding.Latin1.GetString(body), StringComparison.Ordinal);
        Assert.True(body.AsSpan().IndexOf(InvalidUtf8) > 0);
        Assert.Contains($"Fabrikam {wire.Emulator.AccessToken}", Encoding.Latin1.GetString(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Rewrite_WithAContentEncoding_EncodesTheBody(string encoding)
    {
        await using WireFixture wire = await StartAsync(
            new()
            {
                ContentEncoding = encoding,
                BytesAtOnce = 7,
                Pause = TimeSpan.FromMilliseconds(1),
            }
        );
        string[] answer = (await SendAsync(wire.Emulator, Contracts)).Split("\r\n\r\n", 2);
        Assert.Contains($"Content-Encoding: {encoding}", answer[0], StringComparison.Ordinal);
        using var encoded = new MemoryStream(Encoding.Latin1.GetBytes(answer[1]));
        await using Stream decoder = encoding switch
        {
            "gzip" => new GZipStream(encoded, CompressionMode.Decompress),
            "deflate" => new ZLibStream(encoded, CompressionMode.Decompress),
            _ => new BrotliStream(encoded, CompressionMode.Decompress),
        };
        using JsonDocument json = await JsonDocument.ParseAsync(decoder);
        Assert.Equal(3, json.RootElement.GetProperty("elements").GetArrayLength());
    }

    [Fact]
    public async Task Rewrite_OverTheControlApi_ComesBackAsItWasGiven()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        const string fault = """
            {"kind":"rewrite","pathPrefix":"/ambry/","times":-1,"afterSeconds":1,"forSeconds":2,"rewrite":{"statusCode":206,"reasonPhrase":"x",
            "headers":{"Date":null,"ETag":"a"},"bodyBase64":"/w==","replace":[{"find":"a","withBase64":"Yg=="}],"contentEncoding":"br","bytesAtOnce":1,"pauseSeconds":0.5}}
            """;
        Assert.Equal(204, (await wire.SendAsync("POST", "/emulator/faults", Encoding.UTF8.GetBytes(fault))).Status);
        string listed = JsonSerializer.Serialize(
            JsonDocument.Parse((await wire.SendAsync("GET", "/emulator/faults")).Body).RootElement[0].GetProperty("rewrite")
        );
        Assert.Equal(
            JsonSerializer
                .Serialize(JsonDocument.Parse(fault).RootElement.GetProperty("rewrite"))
                .Replace("\"Date\":null,", "", StringComparison.Ordinal),
            listed.Replace("\"Date\":null,", "", StringComparison.Ordinal)
        );
        foreach (
            string bad in new[]
            {
                """{"kind":"rewrite"}""",
                """{"kind":"rewrite","rewrite":{"contentEncoding":"zip"}}""",
                """{"kind":"badJson","rewrite":{}}""",
                """{"kind":"badJson","forSeconds":-1}""",
            }
        )
        {
            Assert.Equal(400, (await wire.SendAsync("POST", "/emulator/faults", Encoding.UTF8.GetBytes(bad))).Status);
        }
    }

    [Fact]
    public async Task Outage_ForSomeTime_IsOverByTheClock()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        wire.Emulator.Faults.Add(Fault.Outage(TimeSpan.FromSeconds(60)) with { After = TimeSpan.FromSeconds(10) });
        List<int> statuses = [];
        foreach (int seconds in new[] { 0, 9, 1, 30, 29, 1 })
        {
            wire.Time.Advance(TimeSpan.FromSeconds(seconds));
            statuses.Add((await wire.SendAsync("GET", Contracts, null, V2)).Status);
        }

        Assert.Equal([200, 200, 503, 503, 503, 200], statuses);
        Assert.Equal("[]", (await wire.SendAsync("GET", "/emulator/faults")).Body);
    }

    [Fact]
    public async Task RecordFault_WithRawMessage_SendsItsBytes()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync("resume"u8.ToArray());
        wire.Emulator.ResumeFaults.Add(ResumeFault.Refuse(400) with { RawMessage = "bad name \\ud83d"u8.ToArray(), Times = 1 });
        Assert.Contains("\"message\":\"bad name \\ud83d\"", (await wire.WriteAsync(file, "a")).Body, StringComparison.Ordinal);
        wire.Emulator.ResumeFaults.Add(ResumeFault.Refuse(400) with { Message = "no ${token}", Times = 1 });
        Assert.Contains(
            $"\"message\":\"no {wire.Emulator.AccessToken}\"",
            (await wire.WriteAsync(file, "a")).Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task RecordFault_AnsweredTwice_HasTheKeyTwice()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync("resume"u8.ToArray());
        wire.Emulator.ResumeFaults.Add(ResumeFault.AnsweredTwice(500));
        string body = (await wire.WriteAsync(file, "a")).Body;
        Assert.Equal(
            [500, 204],
            JsonDocument
                .Parse(body)
                .RootElement.GetProperty("results")
                .EnumerateObject()
                .Select(entry => entry.Value.GetProperty("status").GetInt32())
        );
    }

    [Fact]
    public async Task Connect_WithAFaultOfStatus407_IsARejectingProxy()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        wire.Emulator.Faults.Add(Fault.Status(407) with { Method = "CONNECT", Times = int.MaxValue });
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                Proxy = new System.Net.WebProxy(wire.Emulator.BaseUri.GetLeftPart(UriPartial.Authority))
                {
                    Credentials = new System.Net.NetworkCredential("user", "secret"),
                },
            }
        );
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() =>
            client.GetAsync("https://api.linkedin.test/v2/")
        );
        Assert.Equal(HttpRequestError.ProxyTunnelError, refused.HttpRequestError);
        Assert.Contains(
            wire.Emulator.Requests,
            request => request.Header("Proxy-Authorization")?.StartsWith("Basic ", StringComparison.Ordinal) == true
        );
        Assert.DoesNotContain(
            Convert.ToBase64String("user:secret"u8),
            (await wire.SendAsync("GET", "/emulator/requests")).Body,
            StringComparison.Ordinal
        );
    }

    private static async Task<WireFixture> StartAsync(ResponseRewrite rewrite)
    {
        WireFixture wire = await WireFixture.StartAsync();
        wire.Emulator.Faults.Add(Fault.RewriteResponse(rewrite));
        return wire;
    }

    /// <summary>Sends a request and returns all bytes until the connection is closed, as characters.</summary>
    private static async Task<string> SendAsync(LinkedInEmulator emulator, string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(emulator.BaseUri.Host, emulator.BaseUri.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET {target} HTTP/1.1\r\nHost: {emulator.BaseUri.Authority}\r\nAuthorization: Bearer "
                    + $"{emulator.AccessToken}\r\n{V2}\r\n\r\n"
            )
        );
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
