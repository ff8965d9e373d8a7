using System.Diagnostics;
using System.Text.Json;

namespace LinkedInExports.Emulator.Tests.JavaScript;

/// <summary>Runs LinkedIn's client from npm against the emulator.</summary>
public sealed class JavaScriptClientRunTests
{
    [JavaScriptClientFact]
    public async Task Client_AgainstTheEmulator_CompletesItsCalls()
    {
        await using LinkedInEmulator emulator = await LinkedInEmulator.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero }
        );
        string settings = JsonSerializer.Serialize(
            new Dictionary<string, string>
            {
                ["origin"] = emulator.BaseUri.GetLeftPart(UriPartial.Authority),
                ["accessToken"] = emulator.AccessToken,
                ["refreshToken"] = emulator.RefreshToken,
                ["clientId"] = emulator.ClientId,
                ["clientSecret"] = emulator.ClientSecret,
                ["resumeFile"] = emulator.AddBlob("/AAYjane.pdf", "%PDF-1.7"u8.ToArray(), "jane.pdf").Urn,
            }
        );

        (int exitCode, string output, string errors) = await RunAsync("client.js", settings);
        Assert.True(exitCode == 0, errors);
        Assert.Equal(
            [
                "getTwoLeggedAccessToken",
                "introspectAccessToken",
                "exchangeAuthCodeForAccessToken",
                "exchangeRefreshTokenForAccessToken",
                "crmDataValidationExportJobs null",
                "salesAnalyticsExportJobs null",
                "batchUpdate 2 put null",
                "batchUpdate 100 post null",
                "batchDelete null",
                "crmDataValidationExportJobs 202603",
                "salesAnalyticsExportJobs 202603",
                "batchUpdate 2 put 202603",
                "batchUpdate 100 post 202603",
                "batchDelete 202603",
            ],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))
        );
        Assert.Equal(100, emulator.ResumeCount);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(JavaScriptClientFactAttribute.Node!, arguments)
        {
            WorkingDirectory = JavaScriptClientFactAttribute.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }
}
