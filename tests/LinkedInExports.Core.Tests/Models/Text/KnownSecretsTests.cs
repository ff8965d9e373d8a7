using System.Runtime.CompilerServices;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Tests.Models.Text;

public sealed class KnownSecretsTests
{
    [Fact]
    public void Sanitize_SecretIsCollected_ShowsItAgain()
    {
        const string value = "q8Zr4kW1vTn6yB3mXc0d";
        var other = new Secret("4kW1vTn6yB3mXc0dother");
        Use(value);
        for (int round = 0; round < 10 && Sanitizer.Sanitize(value) != "q8Zr***"; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // The part in common with another secret is still removed.
        Assert.Equal("q8Zr***", Sanitizer.Sanitize(value));
        GC.KeepAlive(other);
    }

    /// <summary>Thousands of links with signatures take no longer than a few.</summary>
    [Fact]
    public void Matcher_ThousandsOfSecrets_IsNotBuiltAgain()
    {
        SecretMasker before = KnownSecrets.Matcher;
        Secret[] secrets =
        [
            .. Enumerable
                .Range(0, 5000)
                .Select(number => new Secret($"signature-{number:00000000}-{number * 7919:x8}", isShortLived: true)),
        ];
        Assert.Same(before, KnownSecrets.Matcher);
        Assert.All(secrets, secret => Assert.Equal("***", Sanitizer.Sanitize(secret.Value)));
    }

    [Theory]
    [InlineData("http://svc:Gr7-proxy#Pa55w0rd@proxy:3128/")]
    [InlineData("http://svc:gR7-PROXY#pA55W0RD@proxy:3128/")]
    [InlineData("Gr7-Proxy%23Pa55w0rd")]
    public void Sanitize_PasswordInAnyCase_RemovesIt(string text)
    {
        var password = new Secret("Gr7-proxy#Pa55w0rd", isRandom: false);
        Assert.DoesNotContain("Pa55w0rd", Sanitizer.Sanitize(text), StringComparison.OrdinalIgnoreCase);
        GC.KeepAlive(password);
    }

    [Theory]
    [InlineData("/AAYq8Zr4kW1vTn6yB3mXc0d.txt", true)]
    [InlineData("/AAYQ8ZR4KW1VTN6YB3M.txt", true)]
    [InlineData("/AAYq8Zr4kW1vTn6.txt", false)]
    [InlineData("/AAYc1gn4rt9z.txt", true)]
    [InlineData("/AAYc1gn4r.txt", false)]
    [InlineData("/AAYsignature-of-a-link-0123.txt", false)]
    [InlineData("/AAYan-ordinary-password.txt", false)]
    public void IsIn_Credentials_FindsTokensAndNoShortPartOfThem(string text, bool expected)
    {
        Secret[] secrets =
        [
            new("q8Zr4kW1vTn6yB3mXc0d"),
            new("c1gn4rt9z"),
            new("signature-of-a-link-0123", isShortLived: true),
            new("an-ordinary-password", isRandom: false),
        ];
        Assert.Equal(expected, KnownSecrets.Credentials.Contains(text));
        GC.KeepAlive(secrets);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Use(string value)
    {
        var secret = new Secret(value);
        Assert.Equal("***", Sanitizer.Sanitize(value));
        GC.KeepAlive(secret);
    }
}
