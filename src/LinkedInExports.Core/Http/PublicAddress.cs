using System.Net;
using System.Net.Sockets;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Distinguishes addresses of the public internet from those of this machine and of private networks (RFC 6890).
/// </summary>
internal static class PublicAddress
{
    /// <summary>First addresses and prefix lengths of the IPv4 blocks that are not public.</summary>
    private static readonly (uint Start, int Length)[] Reserved =
    [
        (0x00000000, 8),
        (0x0A000000, 8),
        (0x64400000, 10),
        (0x7F000000, 8),
        (0xA9FE0000, 16),
        (0xAC100000, 12),
        (0xC0000000, 24),
        (0xC0000200, 24),
        (0xC0586300, 24),
        (0xC0A80000, 16),
        (0xC6120000, 15),
        (0xC6336400, 24),
        (0xCB007100, 24),
        (0xE0000000, 4),
        (0xF0000000, 4),
    ];

    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        byte[] bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return IsPublic(bytes);

        // In IPv6, only 2000::/3 is assigned. Addresses for documentation, and those that contain IPv4 addresses (6to4,
        // Teredo), are excluded.
        return (bytes[0] & 0xE0) == 0x20
            && !(bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == 0xB8)
            && !(bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 0x02)
            && !(bytes[0] == 0x20 && bytes[1] == 0x02);
    }

    private static bool IsPublic(byte[] bytes)
    {
        uint value = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        return !Array.Exists(Reserved, block => value >> (32 - block.Length) == block.Start >> (32 - block.Length));
    }
}
