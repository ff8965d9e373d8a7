using System.Runtime.CompilerServices;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Tests.Text;

public sealed class KnownSecretsTests
{
    [Fact]
    public void Clean_SecretIsCollected_ShowsItAgain()
    {
        const string value = "q8Zr4kW1vTn6yB3mXc0d";
        var other = new Secret("4kW1vTn6yB3mXc0dother");
        Use(value);
        for (int round = 0; round < 10 && Sanitizer.Clean(value) != "q8Zr***"; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // What another secret has in common with it is still removed.
        Assert.Equal("q8Zr***", Sanitizer.Clean(value));
        GC.KeepAlive(other);
    }

    /// <summary>Thousands of links, each with a signature, cost no more than a few.</summary>
    [Fact]
    public void Matcher_ThousandsOfSecrets_IsNotBuiltAnew()
    {
        SecretMatcher before = KnownSecrets.Matcher;
        Secret[] secrets = [.. Enumerable.Range(0, 5000).Select(number => new Secret($"signature-{number:00000000}-{number * 7919:x8}", isShortLived: true))];
        Assert.Same(before, KnownSecrets.Matcher);
        Assert.All(secrets, secret => Assert.Equal("***", Sanitizer.Clean(secret.Value)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Use(string value)
    {
        var secret = new Secret(value);
        Assert.Equal("***", Sanitizer.Clean(value));
        GC.KeepAlive(secret);
    }
}
