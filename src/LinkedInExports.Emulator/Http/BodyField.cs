using System.Text.Json;

namespace LinkedInExports.Emulator.Http;

/// <summary>A field of a JSON body.</summary>
/// <param name="Name">The case-sensitive name.</param>
/// <param name="Type">The type in LinkedIn's error message.</param>
/// <param name="Accept">Stores the value, and returns false if it has another type.</param>
internal sealed record BodyField(string Name, string Type, Func<JsonElement, bool> Accept)
{
    public bool IsRequired { get; init; } = true;

    public static BodyField Long(string name, Action<long> set) =>
        new(
            name,
            "Long",
            value => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && Set(set, number)
        );

    public static BodyField Text(string name, Action<string> set) =>
        new(name, "String", value => value.ValueKind == JsonValueKind.String && Set(set, value.GetString()!));

    private static bool Set<T>(Action<T> set, T value)
    {
        set(value);
        return true;
    }
}
