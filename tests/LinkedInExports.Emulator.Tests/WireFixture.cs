using System.Text;
using System.Text.Json;
using LinkedInExports.Emulator.Behavior;

namespace LinkedInExports.Emulator.Tests;

/// <summary>An emulator in fake time, and a client that sends requests byte for byte.</summary>
internal sealed class WireFixture : IAsyncDisposable
{
    internal const string Organization = "urn:li:organization:1234567890";
    internal const string Crm = "urn%3Ali%3AcrmInstance%3A%28DYNAMICS%2C0b7c1f52-1111-4222-8333-944455556666%29";
    internal const string Protocol = "X-RestLi-Protocol-Version: 2.0.0";
    internal const string Json = "Content-Type: application/json";
    internal const string MediaUrlBody =
        """{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"application/pdf","hiringContext":"urn:li:contract:123456"}""";

    internal static readonly byte[] Resume = "Jane Doe, engineer"u8.ToArray();

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private WireFixture(LinkedInEmulator emulator, FakeTimeProvider time)
    {
        Emulator = emulator;
        Time = time;
    }

    internal LinkedInEmulator Emulator { get; }

    internal FakeTimeProvider Time { get; }

    internal static async Task<WireFixture> StartAsync(Func<TimeProvider, EmulatorOptions>? options = null)
    {
        var time = new FakeTimeProvider();
        return new WireFixture(
            await LinkedInEmulator.StartAsync(options?.Invoke(time) ?? new EmulatorOptions { TimeProvider = time }),
            time
        );
    }

    internal static Task<WireFixture> StartWithBehaviorAsync(
        EmulatorBehavior behavior,
        OptionalFields optional = OptionalFields.Absent
    ) =>
        StartAsync(time => new EmulatorOptions
        {
            TimeProvider = time,
            ProcessingTime = TimeSpan.Zero,
            Behavior = behavior,
            OptionalFields = optional,
        });

    /// <summary>A target that starts with <c>/v2/</c>, or an absolute address.</summary>
    internal async Task<Reply> SendAsync(string method, string target, byte[]? body = null, params string[] headers)
    {
        Uri address = target[0] == '/' ? new(Emulator.BaseUri.GetLeftPart(UriPartial.Authority) + target) : new(target);
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (body is not null || method is "POST" or "PUT")
            request.Content = new ByteArrayContent(body ?? []);
        if (!headers.Any(header => header.StartsWith("Authorization:", StringComparison.Ordinal)))
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Emulator.AccessToken}");
        foreach (string header in headers)
        {
            string[] parts = header.Split(':', 2);
            if (!request.Headers.TryAddWithoutValidation(parts[0], parts[1].Trim()))
                request.Content!.Headers.TryAddWithoutValidation(parts[0], parts[1].Trim());
        }

        using HttpResponseMessage response = await _client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        var all = response
            .Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, text, all);
    }

    internal Task<Reply> CreateValidationAsync() =>
        SendAsync(
            "POST",
            $"/v2/crmDataValidationExportJobs?crmInstanceId={Crm}",
            Encoding.UTF8.GetBytes($$"""{"exportStartAt":{{Time.GetUtcNow().AddDays(-60).ToUnixTimeMilliseconds()}}}"""),
            Json,
            Protocol
        );

    internal Task<Reply> CreateAnalyticsAsync() =>
        SendAsync(
            "POST",
            "/v2/salesAnalyticsExportJobs?action=exportActivityData",
            """{"startAt":1700000000000,"endAt":1700086400000,"contract":"urn:li:contract:7001"}"""u8.ToArray(),
            Json,
            Protocol
        );

    internal async Task<JsonElement> GetValidationAsync() =>
        JsonDocument
            .Parse((await SendAsync("GET", $"/v2/crmDataValidationExportJobs/148?crmInstanceId={Crm}", null, Protocol)).Body)
            .RootElement;

    internal async Task<JsonElement> GetAnalyticsAsync() =>
        JsonDocument
            .Parse(
                (
                    await SendAsync(
                        "GET",
                        "/v2/salesAnalyticsExportJobs/100004?contract=urn%3Ali%3Acontract%3A7001",
                        null,
                        Protocol
                    )
                ).Body
            )
            .RootElement;

    internal async Task<int> DownloadAsync(string link) => (await SendAsync("GET", link, null, Protocol)).Status;

    internal Task<Reply> MediaUrlAsync(string body = MediaUrlBody, params string[] headers) =>
        SendAsync("POST", "/v2/hireMediaUrl", Encoding.UTF8.GetBytes(body), headers.Length > 0 ? headers : [Json, Protocol]);

    /// <summary>Requests a link and uploads a file.</summary>
    /// <returns>The URN of the file.</returns>
    internal async Task<string> UploadAsync(byte[] file, string name = "resume.pdf", string body = MediaUrlBody)
    {
        Reply link = await MediaUrlAsync(body);
        Reply reply = await SendAsync(
            "POST",
            $"{link.Header("x-linkedin-id")}&x-ambry-filename={Uri.EscapeDataString(name)}",
            file
        );
        Assert.Equal(201, reply.Status);
        return "urn:li:ambryBlob:" + reply.Header("Location");
    }

    /// <summary>The query of protocol 1.0.0, as the tutorial writes it.</summary>
    internal static string Query(params (string Candidate, string Resume)[] keys) =>
        string.Join(
            '&',
            keys.Select(
                (key, index) =>
                    $"ids%5B{index}%5D.tcrmCandidateId={key.Candidate}&ids%5B{index}%5D.integrationContext={Organization}"
                    + $"&ids%5B{index}%5D.dataProvider=PARTNER&ids%5B{index}%5D.tcrmResumeId={key.Resume}"
            )
        );

    internal static string Entity(string candidate, string resume, string file, long createdAt = 1670935153000) =>
        $$"""
            "tcrmCandidateId={{candidate}}&dataProvider=PARTNER&integrationContext={{Organization}}&tcrmResumeId={{resume}}":{"resumeFile":"{{file}}","tcrmCreatedAt":{{createdAt}}}
            """;

    internal static string Entities(params string[] entities) => $"{{\"entities\":{{{string.Join(',', entities)}}}}}";

    internal Task<Reply> PutAsync(string query, string body, params string[] headers) =>
        SendAsync(
            "PUT",
            $"/v2/tcrmCandidateResumes?{query}",
            Encoding.UTF8.GetBytes(body),
            headers.Length > 0 ? headers : ["X-RestLi-Method: batch_update", Json]
        );

    /// <summary>Writes one resume for each id, all with the same file.</summary>
    internal Task<Reply> WriteAsync(string file, params string[] ids) =>
        PutAsync(Query([.. ids.Select(id => (id, id))]), Entities([.. ids.Select(id => Entity(id, id, file))]));

    /// <summary>Writes resumes with a tunneled query, for many keys.</summary>
    internal Task<Reply> WriteTunnelledAsync(string file, params string[] ids) =>
        TunnelAsync(Query([.. ids.Select(id => (id, id))]), Entities([.. ids.Select(id => Entity(id, id, file))]));

    internal Task<Reply> TunnelAsync(string query, string body) =>
        SendAsync(
            "POST",
            "/v2/tcrmCandidateResumes",
            Encoding.UTF8.GetBytes(
                $"--b1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n{query}\r\n"
                    + $"--b1\r\nContent-Type: application/json\r\n\r\n{body}\r\n--b1--"
            ),
            "X-HTTP-Method-Override: PUT",
            "X-RestLi-Method: batch_update",
            "Content-Type: multipart/mixed; boundary=b1"
        );

    internal Task<Reply> DeleteAsync(string query, params string[] headers) =>
        SendAsync("DELETE", $"/v2/tcrmCandidateResumes?{query}", null, headers);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Emulator.DisposeAsync();
    }

    internal sealed record Reply(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
    {
        internal string? Header(string name) => Headers.GetValueOrDefault(name);

        /// <summary>The keys in the response to a batch with their statuses, negative for errors.</summary>
        internal Dictionary<string, int> Statuses()
        {
            using var json = JsonDocument.Parse(Body);
            var statuses = json
                .RootElement.GetProperty("results")
                .EnumerateObject()
                .ToDictionary(entry => entry.Name, entry => entry.Value.GetProperty("status").GetInt32(), StringComparer.Ordinal);
            foreach (JsonProperty entry in json.RootElement.GetProperty("errors").EnumerateObject())
                statuses.Add(entry.Name, -entry.Value.GetProperty("status").GetInt32());
            return statuses;
        }
    }
}
