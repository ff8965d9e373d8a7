using System.Text;
using LinkedInExports.Emulator.Replay;

namespace LinkedInExports.Emulator.Tests.Replay;

/// <summary>Words with more percent-encodings than the recorder decodes. A stack overflow would end the process.</summary>
public sealed class NestedEncodingTests
{
    [Fact]
    public async Task Post_WordWithThousandsOfEncodings_HasValueOfRequest()
    {
        string levels = string.Concat(Enumerable.Repeat("25", 60_000));
        string incident = $$"""
            {
              "format": 1,
              "exchanges": [ {
                "method": "POST", "path": "/v2/x", "body": { "text": "%{{levels}}41" },
                "response": { "status": 200, "body": { "json": { "id": "%{{levels}}41", "name": "%{{levels}}43" } } }
              } ]
            }
            """;
        var replay = IncidentReplay.CreateInMemory(Encoding.UTF8.GetBytes(incident), TimeProvider.System);
        using var http = new HttpClient(replay.CreateHandler()) { BaseAddress = replay.BaseUri };

        using HttpResponseMessage response = await http.PostAsync("x", new StringContent($"%{levels}42"));

        Assert.Equal($$"""{"id":"%{{levels}}42","name":"%{{levels}}43"}""", await response.Content.ReadAsStringAsync());
    }
}
