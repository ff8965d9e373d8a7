using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Files;

/// <summary>Helpers for bodies that fit in memory.</summary>
internal static class BodyExtensions
{
    public static byte[] ToArray(this IBody body)
    {
        var bytes = new byte[body.Length + body.BufferSize];
        IBodyReader reader = body.Open();
        int written = 0;
        while (reader.Read(bytes.AsSpan(written)) is > 0 and var count)
            written += count;
        return bytes[..written];
    }
}
