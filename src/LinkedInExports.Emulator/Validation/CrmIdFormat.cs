using System.Buffers.Text;
using LinkedInExports.Emulator.Files;

namespace LinkedInExports.Emulator.Validation;

/// <summary>Writes record ids in the format of a CRM. All ids of a CRM have the same length.</summary>
internal abstract class CrmIdFormat
{
    public abstract int Width { get; }

    /// <param name="target">The buffer.</param>
    /// <param name="unique">The unique number of the record.</param>
    /// <param name="isLead">Whether the record is a lead. Salesforce ids have different prefixes for contacts and leads.</param>
    public abstract void Write(Span<byte> target, ulong unique, bool isLead);

    public static CrmIdFormat Create(EmulatedCrmInstance crm) =>
        crm.Key.StartsWith("DYNAMICS", StringComparison.OrdinalIgnoreCase) ? new Dynamics() : new Salesforce();

    /// <summary>A random (version 4) GUID that contains the 64 bits of the unique number.</summary>
    private sealed class Dynamics : CrmIdFormat
    {
        public override int Width => 36;

        public override void Write(Span<byte> target, ulong unique, bool isLead)
        {
            ulong rest = RowHash.Next(unique);
            var guid = new Guid(
                (uint)(unique >> 32),
                (ushort)(unique >> 16),
                (ushort)(0x4000 | ((unique >> 4) & 0x0FFF)),
                (byte)(0x80 | ((unique & 0xF) << 2) | (rest >> 62)),
                (byte)(rest >> 48),
                (byte)(rest >> 40),
                (byte)(rest >> 32),
                (byte)(rest >> 24),
                (byte)(rest >> 16),
                (byte)(rest >> 8),
                (byte)rest
            );
            Utf8Formatter.TryFormat(guid, target, out _);
        }
    }

    /// <summary>Three characters for the type, twelve for the number, and three that make the id case-insensitive.</summary>
    private sealed class Salesforce : CrmIdFormat
    {
        private const int CoreWidth = 15;
        private const int GroupWidth = 5;

        public override int Width => CoreWidth + (CoreWidth / GroupWidth);

        private static ReadOnlySpan<byte> Digits => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8;

        private static ReadOnlySpan<byte> CaseDigits => "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"u8;

        public override void Write(Span<byte> target, ulong unique, bool isLead)
        {
            ReadOnlySpan<byte> digits = Digits;
            (isLead ? "00Q"u8 : "003"u8).CopyTo(target);

            // 62^11 exceeds 2^64, so the first of the twelve digits is constant.
            for (int i = CoreWidth - 1; i >= 3; i--)
            {
                ulong next = unique / 62;
                target[i] = digits[(int)(unique - (next * 62))];
                unique = next;
            }

            for (int group = 0; group < CoreWidth / GroupWidth; group++)
            {
                int upper = 0;
                for (int i = 0; i < GroupWidth; i++)
                {
                    if (target[(group * GroupWidth) + i] is >= (byte)'A' and <= (byte)'Z')
                        upper |= 1 << i;
                }

                target[CoreWidth + group] = CaseDigits[upper];
            }
        }
    }
}
