using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>
/// Signed links for one upload each. All that is known of a link is in its signed part, so that a million of them cost a
/// byte each.
/// </summary>
internal sealed class UploadLinks(TimeProvider clock, TimeSpan lifetime)
{
    private const string Prefix = "AQ";
    private const int PayloadBytes = 28;
    private const int SignatureBytes = PayloadBytes + SHA256.HashSizeInBytes;

    private readonly Lock _lock = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly List<LinkState> _states = [];

    private enum LinkState : byte
    {
        Open,
        Used,
        Expired,
    }

    /// <summary>The signed part of a new link.</summary>
    public string Issue(UploadLinkRequest order)
    {
        int number;
        lock (_lock)
        {
            number = _states.Count;
            _states.Add(LinkState.Open);
        }

        Span<byte> bytes = stackalloc byte[SignatureBytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[4..], (clock.GetUtcNow() + lifetime).UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[12..], order.Ttl.Duration);
        bytes[20] = (byte)order.Ttl.Unit;
        bytes[21] = (byte)Array.IndexOf(UploadLinkRequest.ContentTypes, order.ContentType);
        RandomNumberGenerator.Fill(bytes[22..PayloadBytes]);
        HMACSHA256.HashData(_key, bytes[..PayloadBytes], bytes[PayloadBytes..]);
        return Prefix + Base64Url.EncodeToString(bytes);
    }

    public UploadLinkState GetState(string signature)
    {
        if (Read(signature) is not { } link)
            return UploadLinkState.Unknown;
        lock (_lock)
            return GetState(link);
    }

    /// <summary>Takes the one upload of a link.</summary>
    /// <returns>What it was ordered for, or <c>null</c> if it is not <see cref="UploadLinkState.Fresh"/>.</returns>
    public UploadLinkRequest? TryUse(string signature)
    {
        if (Read(signature) is not { } link)
            return null;
        lock (_lock)
        {
            if (GetState(link) != UploadLinkState.Fresh)
                return null;
            _states[link.Number] = LinkState.Used;
            return link.Order;
        }
    }

    public void Expire(string signature)
    {
        if (Read(signature) is not { } link)
            return;
        lock (_lock)
            Expire(link.Number);
    }

    /// <summary>Ends the time of all links that were not used yet.</summary>
    public void ExpireAll()
    {
        lock (_lock)
        {
            for (int number = 0; number < _states.Count; number++)
                Expire(number);
        }
    }

    private void Expire(int number)
    {
        if (_states[number] == LinkState.Open)
            _states[number] = LinkState.Expired;
    }

    private UploadLinkState GetState(Link link) =>
        _states[link.Number] switch
        {
            LinkState.Used => UploadLinkState.Used,
            LinkState.Expired => UploadLinkState.Expired,
            _ => clock.GetUtcNow().UtcTicks < link.ExpiresAt ? UploadLinkState.Fresh : UploadLinkState.Expired,
        };

    private Link? Read(string signature)
    {
        Span<byte> bytes = stackalloc byte[SignatureBytes];
        if (
            !signature.StartsWith(Prefix, StringComparison.Ordinal)
            || Base64Url.DecodeFromChars(signature.AsSpan(Prefix.Length), bytes, out _, out int written) != OperationStatus.Done
            || written != SignatureBytes
        )
        {
            return null;
        }

        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, bytes[..PayloadBytes], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes[PayloadBytes..]))
            return null;
        var ttl = new BlobTtl(BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]), (TimespanUnit)bytes[20]);
        return new(
            BinaryPrimitives.ReadInt32LittleEndian(bytes),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[4..]),
            new(UploadLinkRequest.ContentTypes[bytes[21]], ttl)
        );
    }

    private readonly record struct Link(int Number, long ExpiresAt, UploadLinkRequest Order);
}
