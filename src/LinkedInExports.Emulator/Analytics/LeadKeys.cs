using System.Buffers.Text;
using System.Text;
using LinkedInExports.Emulator.Files;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>The keys of the leads in activities. They repeat after some thousands.</summary>
internal sealed class LeadKeys(ulong key, bool quoted)
{
    private const int LeadBits = 12;
    private const int Digits = 8;

    private static readonly string[] Endings = ["", ", Ltd", " \"Jo\"", ", \"Jo\"\r\nBerlin"];

    private static readonly byte[][] WrittenEndings =
    [
        .. Endings.Select(ending => Encoding.UTF8.GetBytes(ending.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"")),
    ];

    /// <summary>The number of rows after which the lengths repeat.</summary>
    public int Period => ActivityTypes.Count * (quoted ? Endings.Length : 1);

    public string GetValue(long activity)
    {
        if (!ActivityTypes.HasLead(activity))
            return "";
        string lead = $"mk-{GetLead(activity):x8}";
        return quoted ? lead + Endings[GetEnding(activity)] : lead;
    }

    /// <summary>Writes the key as a CSV value.</summary>
    public int Write(Span<byte> target, long activity)
    {
        if (!ActivityTypes.HasLead(activity))
            return 0;
        ReadOnlySpan<byte> start = quoted ? "\"mk-"u8 : "mk-"u8;
        start.CopyTo(target);
        int at = start.Length;
        Utf8Formatter.TryFormat(GetLead(activity), target[at..], out _, new('x', Digits));
        at += Digits;
        if (!quoted)
            return at;
        byte[] ending = WrittenEndings[GetEnding(activity)];
        ending.CopyTo(target[at..]);
        return at + ending.Length;
    }

    private uint GetLead(long activity) => (uint)RowHash.Next(RowHash.Mix(key + (ulong)activity) >> (64 - LeadBits));

    private static int GetEnding(long activity) => (int)(activity / ActivityTypes.Count % Endings.Length);
}
