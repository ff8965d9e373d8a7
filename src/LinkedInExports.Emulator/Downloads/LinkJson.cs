using System.Text.Json;

namespace LinkedInExports.Emulator.Downloads;

/// <summary>Writes links and their expiry in the JSON of a job.</summary>
internal static class LinkJson
{
    /// <summary>The field with one link.</summary>
    public const string One = "downloadUrl";

    /// <summary>The field with an array of links.</summary>
    public const string Many = "downloadUrls";

    /// <summary>Writes the links, or the value of <see cref="OptionalFields"/> for a job without links.</summary>
    /// <param name="json">The writer, in the object of the job.</param>
    /// <param name="links">The links, or <c>null</c> for a job that is not completed.</param>
    /// <param name="name"><see cref="One"/> or <see cref="Many"/>.</param>
    /// <param name="options">The options.</param>
    public static void Write(Utf8JsonWriter json, LinkSet? links, string name, EmulatorOptions options)
    {
        if (links is { Urls: null } && options.OptionalFields != OptionalFields.Present)
        {
            if (options.OptionalFields == OptionalFields.Null)
                json.WriteNull(name);
            return;
        }

        string[] urls = links?.Urls ?? [];
        if (name == One)
        {
            if (urls.Length > 0)
                json.WriteString(name, urls[0]);
            return;
        }

        json.WriteStartArray(name);
        foreach (string url in urls)
            json.WriteStringValue(url);
        json.WriteEndArray();
    }

    /// <summary>Writes <c>expireAt</c>.</summary>
    public static void WriteExpiry(Utf8JsonWriter json, LinkSet? links, bool inSeconds, EmulatorOptions options)
    {
        const string Name = "expireAt";
        if (links is { Urls: null } && options.OptionalFields != OptionalFields.Present)
        {
            if (options.OptionalFields == OptionalFields.Null)
                json.WriteNull(Name);
            return;
        }

        DateTimeOffset expiresAt = links is { Urls: not null }
            ? links.ExpiresAt
            : options.TimeProvider.GetUtcNow() + options.LinkLifetime;
        json.WriteNumber(Name, inSeconds ? expiresAt.ToUnixTimeSeconds() : expiresAt.ToUnixTimeMilliseconds());
    }
}
