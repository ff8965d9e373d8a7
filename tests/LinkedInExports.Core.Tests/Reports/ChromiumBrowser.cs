using System.Diagnostics;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Reports;

/// <summary>Chromium, which starts once for the tests of a class and when the first of them needs it.</summary>
public sealed class ChromiumBrowser : IDisposable
{
    private readonly TempFolder _profile = new();
    private readonly Lazy<Task<Uri>> _address;
    private Process? _process;

    public ChromiumBrowser() => _address = new Lazy<Task<Uri>>(StartAsync);

    /// <summary>Opens a file in a new page.</summary>
    internal async Task<ChromiumPage> OpenAsync(string path, int width) =>
        await ChromiumPage.OpenAsync(await _address.Value, path, width);

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
        }

        _profile.Dispose();
    }

    /// <summary>Gets the address for connections of the Chrome DevTools Protocol.</summary>
    private async Task<Uri> StartAsync()
    {
        const string Prefix = "DevTools listening on ";
        _process = Process.Start(Chromium.Configure(_profile.Path, "--remote-debugging-port=0"))!;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync(timeout.Token);
        } while (line is not null && !line.StartsWith(Prefix, StringComparison.Ordinal));
        Assert.NotNull(line);
        _ = _process.StandardError.ReadToEndAsync(CancellationToken.None); // A full pipe would stop Chromium.
        return new Uri(line[Prefix.Length..]);
    }
}
