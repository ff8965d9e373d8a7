using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Downloads;

/// <summary>Signed links to files. A link that is not here any more is as good as one that never was.</summary>
internal sealed class SignedLinkStore(EmulatorOptions options)
{
    private readonly ConcurrentDictionary<string, Link> _links = new(StringComparer.Ordinal);
    private volatile string? _newestUrl;

    /// <summary>Absolute URL with <c>{0}</c> for the signed part; known once the port is.</summary>
    public string Template { get; set; } = options.LinkTemplate ?? "";

    /// <summary>The link handed out last.</summary>
    public string? NewestUrl => _newestUrl;

    /// <summary>Makes one link for each of the files, all with the same end of life.</summary>
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

    /// <summary>The absolute URL of a signed part; the newest of them is remembered.</summary>
    public string CreateAddress(string signature) => _newestUrl = Template.Replace("{0}", signature, StringComparison.Ordinal);

    private string CreateFileAddress(string signature) =>
        options.Behavior.LinkHost is { } host
            ? _newestUrl =
                $"{LinkedHost.GetOrigin(host)}{DownloadEndpoint.Path}?{DownloadEndpoint.SignatureParameter}={signature}"
            : CreateAddress(signature);

    /// <summary>Whether every link of a set still works.</summary>
    public bool AreValid(LinkSet set) => set.Signatures.All(signature => Find(signature) is not null);

    public IBody? Find(string signature) =>
        _links.TryGetValue(signature, out Link? link) && options.TimeProvider.GetUtcNow() < link.ExpiresAt ? link.File : null;

    public void Expire(string signature) => _links.TryRemove(signature, out _);

    public void ExpireAll() => _links.Clear();

    private sealed record Link(IBody File, DateTimeOffset ExpiresAt);
}
