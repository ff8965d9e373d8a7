using System.Text.Json;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Cli;
using LinkedInExports.Emulator.Replay;

namespace LinkedInExports.EmulatorHost;

/// <summary>
/// The emulators of a Pester shell. Starting one here takes a few milliseconds; a process for each takes most of a second.
/// </summary>
internal sealed class RunningEmulators : IAsyncDisposable
{
    private readonly Dictionary<string, IAsyncDisposable> _emulators = new(StringComparer.Ordinal);

    /// <summary>Runs a command: a JSON array of the emulator's arguments starts one, and its address stops it.</summary>
    /// <returns>The address of a started emulator, an empty text after stopping one, or <c>error:</c> and a message.</returns>
    public async Task<string> RunAsync(string command)
    {
        try
        {
            if (_emulators.Remove(command, out IAsyncDisposable? emulator))
            {
                await emulator.DisposeAsync();
                return "";
            }

            return await StartAsync(CommandLine.Parse(JsonSerializer.Deserialize<string[]>(command)!));
        }
        catch (Exception exception) when (exception is FormatException or JsonException or IOException)
        {
            return $"error: {exception.Message}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable emulator in _emulators.Values)
            await emulator.DisposeAsync();
    }

    private async Task<string> StartAsync(CommandLine arguments)
    {
        if (arguments.ReplayPath is { } incident)
        {
            IncidentReplay replay = await IncidentReplay.StartAsync(incident, arguments.Options.Port, arguments.Speed, _ => { });
            return Add(replay.BaseUri, replay);
        }

        LinkedInEmulator emulator = await LinkedInEmulator.StartAsync(arguments.Options);
        return Add(emulator.BaseUri, emulator);
    }

    private string Add(Uri baseUri, IAsyncDisposable emulator)
    {
        string address = baseUri.GetLeftPart(UriPartial.Authority);
        _emulators.Add(address, emulator);
        return address;
    }
}
