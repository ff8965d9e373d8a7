using System.Globalization;
using LinkedInExports.Emulator.Replay;

namespace LinkedInExports.Emulator.Cli;

/// <summary>Replays an incident as a console program.</summary>
internal static class ReplayHost
{
    /// <summary>Replays an incident until it is stopped.</summary>
    /// <returns>The exit code: 0, or 1 if the file cannot be replayed or the port is not available.</returns>
    public static async Task<int> RunAsync(string path, int port, double speed)
    {
        using var stop = new StopSignal();
        IncidentReplay replay;
        try
        {
            replay = await IncidentReplay.StartAsync(path, port, speed, Console.WriteLine);
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            await Console.Error.WriteLineAsync($"Cannot replay {path}: {e.Message}");
            return CommandLineHost.CannotStart;
        }

        await using (replay)
        {
            await Console.Out.WriteAsync(CreateBanner(replay));
            await stop.Requested;
            await Console.Out.WriteLineAsync(CreateSummary(replay));
        }

        return CommandLineHost.Ok;
    }

    private static string CreateBanner(IncidentReplay replay) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""

            LinkedInExports emulator: replays an incident with {replay.ExchangeCount} requests{DescribeMissing(replay)}

            In PowerShell, at the root of the repository:

              $env:LINKEDIN_ACCESS_TOKEN = 'any-token'
              $env:LINKEDIN_BASE_URI = '{replay.BaseUri.AbsoluteUri}'

              # or, if the incident has requests for tokens, an application with any secret:
              $env:LINKEDIN_TOKEN_URI = '{replay.TokenUri.AbsoluteUri}'
              $env:LINKEDIN_CLIENT_ID = 'any-id'
              $env:LINKEDIN_CLIENT_SECRET = 'any-secret'

              Import-Module ./LinkedInExports.psd1

            Then run the commands of the incident with arguments of the same form, and as many records:

            {string.Concat(replay.Commands.Select(command => $"  {command}\n"))}
            The last one ended with the error {replay.ErrorId ?? "(none)"}. To stop, press Ctrl+C.

            Now listening on: {replay.BaseUri.GetLeftPart(UriPartial.Authority)}


            """
        );

    private static string DescribeMissing(IncidentReplay replay) =>
        (replay.OmittedExchangeCount > 0 ? $", without the {replay.OmittedExchangeCount} before them" : "")
        + (replay.IncompleteExchangeCount > 0 ? $"; {replay.IncompleteExchangeCount} are incomplete" : "");

    private static string CreateSummary(IncidentReplay replay) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{replay.ExchangeCount - replay.RemainingExchangeCount} of {replay.ExchangeCount} requests were replayed, and "
                + $"{replay.UnmatchedRequests.Count} others were received."
        );
}
