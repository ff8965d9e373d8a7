using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Checkpoints;

/// <summary>
/// A checkpoint on the disk: JSON with the version of its form, the SHA-256 of the state's bytes, and the state. It is
/// read whole and right, or not at all; and it is replaced whole.
/// </summary>
internal static class CheckpointFile
{
    private const int CurrentFormat = 1;

    /// <summary>What the file holds; null when it is not there.</summary>
    /// <exception cref="LinkedInException">It cannot be read, is not what was written, or belongs to another server.</exception>
    internal static CheckpointState? Read(string path, string api)
    {
        if (!File.Exists(path))
            return null;

        CheckpointState state = Parse(FileErrors.TranslateRead(path, () => File.ReadAllBytes(path)), path);
        return state.Api.Equals(api, StringComparison.OrdinalIgnoreCase)
            ? state
            : throw new LinkedInException(
                LinkedInErrorId.CheckpointServerMismatch, $"The checkpoint {path} belongs to {state.Api}, and this connection is to {api}. It was left as it is.")
            { Target = path };
    }

    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>; the file is as it was.</exception>
    internal static void Write(FileSystem files, string path, CheckpointState state)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(state, CheckpointJson.Default.CheckpointState);
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", CurrentFormat);
            writer.WriteString("sha256", ComputeSha256(json));
            writer.WritePropertyName("state");
            writer.WriteRawValue(json, skipInputValidation: true);
            writer.WriteEndObject();
        }

        AtomicFileWriter.WriteAllBytes(files, path, text.ToArray(), FileOpenFlags.OwnerOnly);
    }

    private static CheckpointState Parse(byte[] json, string path)
    {
        try
        {
            using JsonDocument file = JsonDocument.Parse(json);
            int format = file.RootElement.GetProperty("format").GetInt32();
            if (format > CurrentFormat)
                throw CreateCorruptError(path, $"was made by a newer version of this module (its form is {format}, known here is {CurrentFormat})");

            JsonElement state = file.RootElement.GetProperty("state");
            if (format == CurrentFormat
                && file.RootElement.GetProperty("sha256").GetString() == ComputeSha256(Encoding.UTF8.GetBytes(state.GetRawText()))
                && state.Deserialize(CheckpointJson.Default.CheckpointState) is { } whole)
                return whole;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Said below: what exactly is wrong with a damaged file helps nobody.
        }

        throw CreateCorruptError(path, "is damaged or was edited");
    }

    private static string ComputeSha256(byte[] bytes)
    {
        using var hash = SHA256.Create();
        return Hex.Encode(hash.ComputeHash(bytes));
    }

    private static LinkedInException CreateCorruptError(string path, string why) =>
        new(LinkedInErrorId.CheckpointCorrupt, $"The checkpoint {path} {why}. It was left as it is.") { Target = path };
}
