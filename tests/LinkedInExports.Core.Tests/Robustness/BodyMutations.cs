using System.IO.Compression;
using System.Text;

namespace LinkedInExports.Core.Tests.Robustness;

internal sealed record ReplaceBody(string Body, string? ContentType = null) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets)
    {
        response.Body = Bytes(Body, secrets);
        if (ContentType is not null)
            response.Set("Content-Type", ContentType);
    }
}

internal sealed record CutBody(double At) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Body = response.Body[..Part(response.Body.Length, At)];
}

internal sealed record InsertBytes(double At, string Text) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets)
    {
        int at = Part(response.Body.Length, At);
        response.Body = [.. response.Body[..at], .. Bytes(Text, secrets), .. response.Body[at..]];
    }
}

internal sealed record FlipBits(double At, byte Bits) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets)
    {
        if (response.Body.Length > 0)
            response.Body[Part(response.Body.Length - 1, At)] ^= Bits;
    }
}

internal sealed record DoubleBody : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Body = [.. response.Body, .. response.Body];
}

/// <summary>Encodes the body, sets the header, or both.</summary>
internal sealed record ChangeEncoding(string Name, bool IsEncoded, bool IsTold) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets)
    {
        if (IsTold)
            response.Set("Content-Encoding", Name);
        if (!IsEncoded)
            return;

        using var encoded = new MemoryStream();
        using (
            Stream? encoder = Name.ToLowerInvariant() switch
            {
                "gzip" => new GZipStream(encoded, CompressionLevel.Fastest),
                "deflate" => new ZLibStream(encoded, CompressionLevel.Fastest),
                "br" => new BrotliStream(encoded, CompressionLevel.Fastest),
                _ => null,
            }
        )
        {
            encoder?.Write(response.Body);
        }

        if (encoded.Length > 0)
            response.Body = encoded.ToArray();
    }
}

internal sealed record ChangeCharset(string Name, string? Charset) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets)
    {
        var encoding = Encoding.GetEncoding(Name);
        response.Body = [.. encoding.GetPreamble(), .. encoding.GetBytes(Encoding.UTF8.GetString(response.Body))];
        if (Charset is not null)
            response.Set("Content-Type", $"{response.Header("Content-Type") ?? "text/plain"}; charset={Charset}");
    }
}

internal sealed record BreakBody(double At, bool IsSilent) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets)
    {
        response.BreaksAt = Part(response.Body.Length, At);
        response.IsSilentThere = IsSilent;
    }
}

internal sealed record TrickleBody(int MillisecondsPerByte) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.DelayOfByte = TimeSpan.FromMilliseconds(MillisecondsPerByte);
}
