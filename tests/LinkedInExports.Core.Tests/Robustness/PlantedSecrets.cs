using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>The secrets of a run. Finds parts of them in texts.</summary>
internal sealed partial class PlantedSecrets
{
    internal const string AccessToken = "AQXkZ7wPcn4Rv9tBf2Lq8sJd6Hy3Gm5Wx1Ve0Uo-Ti_Ka.Nb";
    internal const string ClientSecret = "WPL_AP1.uE4rYxQ7/mZ2k+Tj9sVb==";
    internal const string RefreshToken = "AQWv3Nq8Lz5Jx0Hc7Fs2Dk9Gp4Mb6Rt1Yw-Ei_Uo";
    internal const string ProxyPassword = "Gr7-proxy#Pa55w0rd";

    /// <summary>The signature of the links in mutations.</summary>
    internal const string Signature = "AQKfo2Hd8Ws5Zn1Bv7Xc4Ml0Pj9Qr6Ty3";

    /// <summary>The shortest part that may not be shown, in characters.</summary>
    private const int PartLength = 8;

    /// <summary>The shortest part in Base64 or hexadecimal. Hashes contain shorter ones by chance.</summary>
    private const int EncodedPartLength = 16;

    private readonly object _gate = new();
    private readonly HashSet<string> _all = [AccessToken, ClientSecret, RefreshToken, Signature];
    private readonly HashSet<string> _signatures = [Signature];
    private (string Token, string Client, string Refresh) _sent = ("", "", "");
    private string _newestLink = $"https://www.linkedin.com/ambry/?x-li-ambry-ep={Signature}";
    private (Dictionary<string, string> Plain, Dictionary<string, string> Encoded)? _parts;

    /// <summary>Records the secrets in an unchanged response: signatures of links, and tokens.</summary>
    internal void Learn(MutableResponse response)
    {
        string text =
            Encoding.Latin1.GetString(response.Body) + string.Concat(response.Headers.Select(header => "\n" + header.Value));
        foreach (Match match in Link().Matches(Uri.UnescapeDataString(text)))
            Add(match.Groups[1].Value, match.Value);
        foreach (Match match in Token().Matches(text))
            Add(match.Groups[1].Value, null);
    }

    /// <summary>Records the secrets of a request, which a server can repeat.</summary>
    internal void Sent(HttpRequestMessage request, string body)
    {
        string Field(string name) =>
            body.Split('&').FirstOrDefault(field => field.StartsWith(name + "=", StringComparison.Ordinal)) is { } field
                ? WebUtility.UrlDecode(field[(name.Length + 1)..])
                : "";
        bool isForm = request.Content?.Headers.ContentType?.MediaType == "application/x-www-form-urlencoded";
        lock (_gate)
        {
            _sent = (
                request.Headers.Authorization?.Parameter ?? (isForm ? Field("token") : ""),
                isForm ? Field("client_secret") : "",
                isForm ? Field("refresh_token") : ""
            );
        }
    }

    /// <summary>Replaces the names of secrets with those of the newest request.</summary>
    internal string Fill(string text) =>
        text.Contains("${", StringComparison.Ordinal)
            ? text.Replace("${token}", _sent.Token, StringComparison.Ordinal)
                .Replace("${client}", _sent.Client, StringComparison.Ordinal)
                .Replace("${refresh}", _sent.Refresh, StringComparison.Ordinal)
                .Replace("${proxy}", ProxyPassword, StringComparison.Ordinal)
                .Replace("${signature}", Signature, StringComparison.Ordinal)
                .Replace("${link}", _newestLink, StringComparison.Ordinal)
            : text;

    /// <summary>Gets the part of a secret that a text contains, as is or encoded, or null.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hasLinks">Whether the signatures of links may be in it.</param>
    internal string? FindIn(string text, bool hasLinks = false)
    {
        if (
            text.Contains(ProxyPassword, StringComparison.OrdinalIgnoreCase)
            || Uri.UnescapeDataString(text).Contains(ProxyPassword, StringComparison.OrdinalIgnoreCase)
        )
        {
            return "the password of the proxy";
        }

        string view = text;
        for (int depth = 0; depth < 3; depth++)
        {
            if (FindAsItIs(view, hasLinks) is { } found)
                return found;
            string decoded = WebUtility.HtmlDecode(
                JsonEscape()
                    .Replace(Uri.UnescapeDataString(view), match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString())
            );
            if (decoded == view)
                return null;
            view = decoded;
        }

        return null;
    }

    private string? FindAsItIs(string text, bool hasLinks)
    {
        (Dictionary<string, string> plain, Dictionary<string, string> encoded) = Parts();
        return Find(text, plain, PartLength, hasLinks) ?? Find(text, encoded, EncodedPartLength, hasLinks);
    }

    private string? Find(string text, Dictionary<string, string> parts, int length, bool hasLinks)
    {
        for (int at = 0; at + length <= text.Length; at++)
        {
            if (TryGet(parts, text.AsSpan(at, length), out string? secret) && !(hasLinks && _signatures.Contains(secret)))
                return $"'{text.Substring(at, length)}' of the secret {secret}";
        }

        return null;
    }

    private static bool TryGet(
        Dictionary<string, string> parts,
        ReadOnlySpan<char> part,
        [NotNullWhen(true)] out string? secret
    ) =>
#if NET9_0_OR_GREATER
        parts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(part, out secret);
#else
        parts.TryGetValue(part.ToString(), out secret);
#endif

    private void Add(string secret, string? link)
    {
        lock (_gate)
        {
            if (_all.Add(secret))
                _parts = null;
            if (link is null)
                return;
            _signatures.Add(secret);
            _newestLink = link;
        }
    }

    private (Dictionary<string, string> Plain, Dictionary<string, string> Encoded) Parts()
    {
        lock (_gate)
        {
            if (_parts is { } known)
                return known;
            var plain = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            var encoded = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (string secret in _all)
            {
                Add(plain, secret, secret, PartLength);
                Add(encoded, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), secret, EncodedPartLength);
                Add(encoded, Convert.ToHexString(Encoding.UTF8.GetBytes(secret)).ToLowerInvariant(), secret, EncodedPartLength);
            }

            _parts = (plain, encoded);
            return (plain, encoded);
        }

        static void Add(Dictionary<string, string> parts, string form, string secret, int length)
        {
            for (int at = 0; at + length <= form.Length; at++)
                parts[form.Substring(at, length)] = secret;
        }
    }

    [GeneratedRegex(@"https?://[^\s""?]+\?x-li-ambry-ep=([A-Za-z0-9_-]{16,})")]
    private static partial Regex Link();

    [GeneratedRegex(@"""(?:access_token|refresh_token)""\s*:\s*""([^""]{8,})""")]
    private static partial Regex Token();

    [GeneratedRegex(@"\\u([0-9A-Fa-f]{4})")]
    private static partial Regex JsonEscape();
}
