using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Files;

/// <summary>For tests with files small enough for memory.</summary>
internal static class BodyExtensions
{
    /// <summary>The whole body.</summary>
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
