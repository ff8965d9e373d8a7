using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>
/// Issues signed links that can be used for one upload. The signed part contains the data of the link, so that each link needs
/// only a byte of memory.
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

    /// <summary>Creates the signed part of a new link.</summary>
    public string Issue(UploadLinkRequest linkRequest)
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
        BinaryPrimitives.WriteInt64LittleEndian(bytes[12..], linkRequest.Ttl.Duration);
        bytes[20] = (byte)linkRequest.Ttl.Unit;
        bytes[21] = (byte)Array.IndexOf(UploadLinkRequest.ContentTypes, linkRequest.ContentType);
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

    /// <summary>Uses a link for an upload.</summary>
    /// <returns>The request for the link, or <c>null</c> if it is not <see cref="UploadLinkState.Fresh"/>.</returns>
    public UploadLinkRequest? TryUse(string signature)
    {
        if (Read(signature) is not { } link)
            return null;
        lock (_lock)
        {
            if (GetState(link) != UploadLinkState.Fresh)
                return null;
            _states[link.Number] = LinkState.Used;
            return link.LinkRequest;
        }
    }

    public void Expire(string signature)
    {
        if (Read(signature) is not { } link)
            return;
        lock (_lock)
            Expire(link.Number);
    }

    /// <summary>Expires all unused links.</summary>
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

    private readonly record struct Link(int Number, long ExpiresAt, UploadLinkRequest LinkRequest);
}
