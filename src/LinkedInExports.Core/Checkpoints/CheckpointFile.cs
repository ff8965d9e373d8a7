using System.Text;
using System.Text.Json;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Checkpoints;

/// <summary>
/// A checkpoint on the disk: JSON with the version of the format, the SHA-256 of the state, and the state. It is verified when
/// it is read, and replaced atomically.
/// </summary>
internal static class CheckpointFile
{
    private const int CurrentFormat = 1;

    /// <summary>Reads a checkpoint, or returns null if the file does not exist.</summary>
    /// <exception cref="LinkedInException">The checkpoint cannot be read, is damaged, or belongs to another server.</exception>
    internal static CheckpointState? Read(string path, string api)
    {
        if (FileErrors.TranslateRead(path, () => ReadBytes(path)) is not { } json)
            return null;

        CheckpointState state = Parse(json, path);
        return state.Api.Equals(api, StringComparison.OrdinalIgnoreCase)
            ? state
            : throw new LinkedInException(
                LinkedInErrorId.CheckpointServerMismatch,
                $"The checkpoint {path} belongs to {state.Api}, but this connection is to {api}. The file was not changed."
            )
            {
                Target = path,
            };
    }

    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>; the file is unchanged.</exception>
    internal static void Write(FileSystem files, string path, CheckpointState state)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(state, CheckpointJson.Default.CheckpointState);
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", CurrentFormat);
            writer.WriteString("sha256", Sha256Hash.ComputeHex(json));
            writer.WritePropertyName("state");
            writer.WriteRawValue(json, skipInputValidation: true);
            writer.WriteEndObject();
        }

        AtomicFileWriter.WriteAllBytes(files, path, text.ToArray(), FileOpenFlags.OwnerOnly);
    }

    private static byte[]? ReadBytes(string path)
    {
        using Stream? file = FileSystem.Real.OpenRead(path);
        if (file is null)
            return null;
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static CheckpointState Parse(byte[] json, string path)
    {
        try
        {
            using JsonDocument file = JsonDocument.Parse(json);
            int format = file.RootElement.GetProperty("format").GetInt32();
            if (format > CurrentFormat)
            {
                throw CreateCorruptError(
                    path,
                    $"was created by a newer version of this module (format {format}; this version supports {CurrentFormat})"
                );
            }

            JsonElement state = file.RootElement.GetProperty("state");
            if (
                format == CurrentFormat
                && file.RootElement.GetProperty("sha256").GetString()
                    == Sha256Hash.ComputeHex(Encoding.UTF8.GetBytes(state.GetRawText()))
                && state.Deserialize(CheckpointJson.Default.CheckpointState) is { } result
            )
            {
                return result;
            }
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Reported below, without details, which do not help the user.
        }

        throw CreateCorruptError(path, "is damaged or was edited");
    }

    private static LinkedInException CreateCorruptError(string path, string reason) =>
        new(LinkedInErrorId.CheckpointCorrupt, $"The checkpoint {path} {reason}. The file was not changed.") { Target = path };
}
