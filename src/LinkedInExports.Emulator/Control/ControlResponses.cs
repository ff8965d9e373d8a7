using System.Text.Json;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Control;

/// <summary>Responses that several control operations use.</summary>
internal static class ControlResponses
{
    public static EmulatorResponse Json(object value) => EmulatorResponse.Json(200, value, ControlJson.Options);

    public static EmulatorResponse Success(Action action)
    {
        action();
        return new EmulatorResponse(204);
    }

    /// <summary>Reads one item or an array from the body, and adds the items if all of them are valid.</summary>
    public static EmulatorResponse Add<TJson, T>(EmulatorRequest request, Func<TJson, T> read, Action<T> add)
        where TJson : class
    {
        try
        {
            foreach (T item in Parse(request.Body, read))
                add(item);
            return new EmulatorResponse(204);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            return LinkedInError.BadRequest(e.Message);
        }
    }

    private static List<T> Parse<TJson, T>(ReadOnlyMemory<byte> utf8, Func<TJson, T> read)
        where TJson : class
    {
        using var document = JsonDocument.Parse(utf8);
        TJson?[]? items =
            document.RootElement.ValueKind == JsonValueKind.Array
                ? document.Deserialize<TJson?[]>(ControlJson.Options)
                : [document.Deserialize<TJson>(ControlJson.Options)];
        return [.. items!.Select(item => read(item ?? throw new FormatException("null is not a fault")))];
    }
}
