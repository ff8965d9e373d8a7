using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Downloads;

/// <summary>Stores signed links to files. Expired and unknown links are not distinguished.</summary>
internal sealed class SignedLinkStore(EmulatorOptions options)
{
    private readonly ConcurrentDictionary<string, Link> _links = new(StringComparer.Ordinal);
    private volatile string? _newestUrl;

    /// <summary>The absolute URL of a link with <c>{0}</c> for the signed part. Set when the port is known.</summary>
    public string Template { get; set; } = options.LinkTemplate ?? "";

    /// <summary>The newest link.</summary>
    public string? NewestUrl => _newestUrl;

    /// <summary>Issues a link for each file, all with the same expiry.</summary>
    public LinkSet Issue(IReadOnlyList<IBody> files)
    {
        DateTimeOffset expiresAt = options.TimeProvider.GetUtcNow() + options.LinkLifetime;
        var signatures = new string[files.Count];
        var urls = new string[files.Count];
        for (int i = 0; i < files.Count; i++)
        {
            signatures[i] = "AQ" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(60));
            urls[i] = CreateFileAddress(signatures[i]);
            _links[signatures[i]] = new Link(files[i], expiresAt);
        }

        return new LinkSet(signatures, urls, expiresAt);
    }

    /// <summary>Creates the absolute URL of a signed part, and sets <see cref="NewestUrl"/>.</summary>
    public string CreateAddress(string signature) => _newestUrl = Template.Replace("{0}", signature, StringComparison.Ordinal);

    private string CreateFileAddress(string signature) =>
        options.Behavior.LinkHost is { } host
            ? _newestUrl =
                $"{LinkedHost.GetOrigin(host)}{DownloadEndpoint.Path}?{DownloadEndpoint.SignatureParameter}={signature}"
            : CreateAddress(signature);

    public bool AreValid(LinkSet set) => set.Signatures.All(signature => Find(signature) is not null);

    public IBody? Find(string signature) =>
        _links.TryGetValue(signature, out Link? link) && options.TimeProvider.GetUtcNow() < link.ExpiresAt ? link.File : null;

    public void Expire(string signature) => _links.TryRemove(signature, out _);

    public void ExpireAll() => _links.Clear();

    private sealed record Link(IBody File, DateTimeOffset ExpiresAt);
}
