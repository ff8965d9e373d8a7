using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LinkedInExports.Core.Tests.Reports;

/// <summary>A page in Chromium that tests control with the Chrome DevTools Protocol.</summary>
internal sealed class ChromiumPage : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly ClientWebSocket _socket = new();
    private readonly List<string> _problems = [];
    private string _session = "";
    private string _target = "";
    private int _lastId;

    /// <summary>Exceptions of the script and messages in the console.</summary>
    internal IReadOnlyList<string> Problems => _problems;

    internal static async Task<ChromiumPage> OpenAsync(Uri browser, string path, int width)
    {
        var page = new ChromiumPage();
        try
        {
            await page.ConnectAsync(browser);
            await page.SendAsync("Runtime.enable");
            await page.SendAsync("Page.enable");
            await page.ResizeAsync(width);
            await page.SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
            await page.WaitAsync("document.documentElement?.dataset.ready");
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    internal Task ResizeAsync(int width) =>
        SendAsync(
            "Emulation.setDeviceMetricsOverride",
            new JsonObject
            {
                ["width"] = width,
                ["height"] = 900,
                ["deviceScaleFactor"] = 1,
                ["mobile"] = false,
            }
        );

    /// <summary>Gets the value of an expression.</summary>
    internal async Task<string> EvaluateAsync(string expression)
    {
        JsonNode result = await SendAsync(
            "Runtime.evaluate",
            new JsonObject
            {
                ["expression"] = expression,
                ["returnByValue"] = true,
                ["awaitPromise"] = true,
            }
        );
        Assert.True(result["exceptionDetails"] is null, result.ToJsonString());
        return result["result"]!["value"]?.ToString() ?? "";
    }

    /// <summary>Waits until a condition is true.</summary>
    internal async Task WaitAsync(string condition)
    {
        var waited = Stopwatch.StartNew();
        while (await EvaluateAsync($"Boolean({condition})") != "true")
        {
            Assert.True(waited.Elapsed < Timeout, $"{condition} is not true after {waited.Elapsed}.");
            await Task.Delay(20);
        }
    }

    /// <summary>Presses a key on the element that has the focus.</summary>
    internal async Task PressAsync(string key)
    {
        var parameters = new JsonObject
        {
            ["type"] = "keyDown",
            ["key"] = key,
            ["code"] = key,
        };
        if (key == "Enter")
        {
            parameters["text"] = "\r";
            parameters["windowsVirtualKeyCode"] = 13;
        }

        await SendAsync("Input.dispatchKeyEvent", parameters);
        await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = key });
    }

    public async ValueTask DisposeAsync()
    {
        if (_target.Length > 0)
            await SendAsync("Target.closeTarget", new JsonObject { ["targetId"] = _target });
        _socket.Dispose();
    }

    private async Task ConnectAsync(Uri browser)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await _socket.ConnectAsync(browser, timeout.Token);
        JsonNode created = await SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        string target = created["targetId"]!.GetValue<string>();
        JsonNode attached = await SendAsync(
            "Target.attachToTarget",
            new JsonObject { ["targetId"] = target, ["flatten"] = true }
        );
        _session = attached["sessionId"]!.GetValue<string>();
        _target = target;
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null)
    {
        int id = ++_lastId;
        var message = new JsonObject
        {
            ["id"] = id,
            ["method"] = method,
            ["params"] = parameters ?? [],
        };
        if (_session.Length > 0)
            message["sessionId"] = _session;
        using var timeout = new CancellationTokenSource(Timeout);
        byte[] bytes = Encoding.UTF8.GetBytes(message.ToJsonString());
        await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, timeout.Token);
        while (true)
        {
            JsonNode received = await ReceiveAsync(timeout.Token);
            if (received["method"]?.GetValue<string>() is "Runtime.exceptionThrown" or "Runtime.consoleAPICalled")
                _problems.Add(received.ToJsonString());
            if (received["id"]?.GetValue<int>() != id)
                continue;
            Assert.True(received["error"] is null, received.ToJsonString());
            return received["result"]!;
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        WebSocketReceiveResult result;
        do
        {
            result = await _socket.ReceiveAsync(buffer, cancellationToken);
            message.Write(buffer, 0, result.Count);
        } while (!result.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }
}
