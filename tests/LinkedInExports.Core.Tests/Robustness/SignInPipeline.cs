using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>
/// Connect-LinkedIn with the application's credentials or a member's refresh token, Test-LinkedInConnection, a call with the
/// token, one after it expired, and one after it was revoked.
/// </summary>
internal static class SignInPipeline
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    internal static RobustnessFixture Run(Scenario scenario)
    {
        bool isMember = scenario.Variant % 2 == 1;
        var run = new RobustnessFixture(
            scenario,
            time => new EmulatorOptions
            {
                AccessToken = PlantedSecrets.AccessToken,
                ClientSecret = PlantedSecrets.ClientSecret,
                RefreshToken = PlantedSecrets.RefreshToken,
                TimeProvider = time,
                RotateRefreshTokens = scenario.Variant is 3 or 7,
                FreshTokenRefusals = scenario.Variant == 5 ? 1 : 0,
                MemberTokenLifetime = TimeSpan.FromHours(1),
            }
        );
        RefreshingTokenSource? token = null;
        LinkedInClient? client = null;
        run.Run(async () =>
        {
            await run.StepAsync(
                "Connect-LinkedIn",
                Longest,
                async () =>
                {
                    var application = new OAuthClientCredentials(run.Emulator.ClientId, PlantedSecrets.ClientSecret);
                    var options = new OAuthOptions
                    {
                        HttpHandler = run.Network,
                        Retry = RobustnessFixture.Retry,
                        Time = run.Time,
                    };
                    token = isMember
                        ? LinkedInOAuth.FromRefreshToken(application, PlantedSecrets.RefreshToken, options)
                        : LinkedInOAuth.FromClientCredentials(application, options);
                    client = run.Connect(token);
                    await client.GetTokenAsync(run.Recorder, CancellationToken.None);
                }
            );
            if (client is null)
                return;

            await run.StepAsync(
                "Test-LinkedInConnection",
                Longest,
                () => client.TestAsync(run.Recorder, CancellationToken.None).RecordAsync(run.Recorder)
            );
            for (int round = 0; round < 3; round++)
            {
                var listed = new RecordingOutput { OnMessage = run.Repeat };
                await run.StepAsync(
                    "Get-SalesContract",
                    Longest,
                    () => client.SalesContracts.ListAsync(false, listed, CancellationToken.None).RecordAsync(listed)
                );
                await run.Time.Delay((int)TimeSpan.FromHours(2).TotalMilliseconds);
                if (round == 1)
                    run.Emulator.RevokeTokens();
            }

            run.Recorder.Output(client.ToString()!);
            run.Recorder.Output($"{token} {token!.Current}");
        });
        return run;
    }
}
