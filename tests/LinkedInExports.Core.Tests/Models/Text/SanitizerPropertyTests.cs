using System.Globalization;
using System.Net;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Tests.Models.Text;

/// <summary>No useful part of a secret is displayed, in any encoding.</summary>
public sealed class SanitizerPropertyTests
{
    private const string TokenCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=";

    /// <summary>Texts with the placeholder {0} for a secret.</summary>
    private static readonly string[] Sentences =
    [
        "{0}",
        "Invalid access token {0}.",
        "Authorization: Bearer {0}",
        "bearer {0}, sorry",
        "\"{0}\"",
        "<{0}>",
        "token={0}",
        "[{0}]",
        "({0}),({0})",
        "Cannot serve https://www.linkedin.com/ambry/?x-li-ambry-ep={0}&x=1 now",
        "GET /ambry/?x-li-ambry-ep={0} HTTP/1.1",
        "grant_type=refresh_token&refresh_token={0}",
        "client_secret:{0}",
        "X{0}Y",
        "line\n{0}\nline",
        "{0}{0}",
    ];

    private static readonly Func<string, string>[] Forms =
    [
        secret => secret,
        Uri.EscapeDataString,
        secret => WebUtility.UrlEncode(secret),
        secret => Uri.EscapeDataString(Uri.EscapeDataString(secret)),
        secret => string.Concat(secret.Select(character => FormattableString.Invariant($"%{(int)character:x2}"))),
        secret =>
            string.Concat(
                secret.Select(
                    (character, at) => at % 2 == 0 ? FormattableString.Invariant($"\\u{(int)character:x4}") : character.ToString()
                )
            ),
        secret => string.Concat(secret.Select(character => FormattableString.Invariant($"&#{(int)character};"))),
        secret => JsonSerializer.Serialize(secret).Trim('"'),
        secret => JsonSerializer.Serialize(JsonSerializer.Serialize(secret)).Trim('"'),
        secret => WebUtility.HtmlEncode(secret),
        secret => secret.ToUpperInvariant(),
        secret => secret[..(secret.Length * 3 / 4)] + "…",
        secret => "…" + secret[(secret.Length / 4)..],
    ];

    private static readonly Gen<string> Secret =
        from characters in Gen.Elements(TokenCharacters.ToCharArray()).ArrayOf(40)
        from length in Gen.Choose(16, 40)
        select new string(characters, 0, length);

    [Fact]
    public void SanitizeServerText_KnownSecretInAnyForm_ShowsNoPartOfIt()
    {
        Gen<(string Secret, string Text)> cases =
            from secret in Secret
            from sentence in Gen.Elements(Sentences)
            from form in Gen.Elements(Forms)
            from before in Gen.Elements("", "x ", new string('a', 495), new string('b', 4000 - 20))
            select (secret, before + string.Format(CultureInfo.InvariantCulture, sentence, form(secret)));
        Prop.ForAll(cases.ToArbitrary(), one => Leak(Cleaned(one.Text, one.Secret), one.Secret) is null)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void SanitizeServerText_TextWithoutTheSecret_ReturnsIt()
    {
        Gen<(string Secret, string Text)> cases =
            from secret in Secret
            from words in Gen.Elements(
                    "Not",
                    "enough",
                    "permissions",
                    "to",
                    "access:",
                    "crmDataValidationExportJobs.GET.NO_VERSION",
                    "Parameter",
                    "'crmInstanceId'",
                    "invalid"
                )
                .ListOf()
            select (secret, string.Join(" ", words));
        Prop.ForAll(
                cases.ToArbitrary(),
                one => Cleaned(one.Text, one.Secret) == (one.Text.Length <= 500 ? one.Text : one.Text[..500] + "…")
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void SanitizeServerText_UnknownSecretAfterItsName_ShowsNoPartOfIt()
    {
        string[] names =
        [
            "Bearer ",
            "bearer  ",
            "x-li-ambry-ep=",
            "?sig=",
            "&sig=",
            "access_token=",
            "\"access_token\": \"",
            "refresh_token: ",
            "client_secret = ",
            "code=",
            "assertion=",
        ];
        Gen<(string Secret, string Text)> cases =
            from secret in Secret
            from name in Gen.Elements(names)
            from after in Gen.Elements("", " and more", "\"}", "\n")
            select (secret, $"Cannot do {name}{secret}{after}");
        Prop.ForAll(cases.ToArbitrary(), one => Leak(Sanitizer.SanitizeServerText(one.Text), one.Secret) is null)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Sanitize_AnyText_ShowsNoControlCharacterAndIsStable()
    {
        Prop.ForAll(
                ArbMap.Default.ArbFor<string>().Generator.Where(text => text is not null).ToArbitrary(),
                text =>
                {
                    string clean = Sanitizer.Sanitize(text);
                    return clean.All(character => !char.IsControl(character) && character is not (>= '\u202A' and <= '\u202E'))
                        && Sanitizer.Sanitize(clean) == clean;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    /// <summary>Uses a separate matcher, because other tests of this process register secrets, too.</summary>
    private static string Cleaned(string text, string secret) =>
        Sanitizer.SanitizeServerText(text, new SecretMasker([new Secret(secret)]));

    /// <summary>Gets a part of the secret that the text contains, or null.</summary>
    private static string? Leak(string text, string secret) =>
        Enumerable
            .Range(0, secret.Length - SecretMasker.MinFragmentLength + 1)
            .Select(at => secret.Substring(at, SecretMasker.MinFragmentLength))
            .FirstOrDefault(part => text.Contains(part, StringComparison.OrdinalIgnoreCase));
}
