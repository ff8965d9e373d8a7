using System.Text.Json;

namespace LinkedInExports.Emulator.Http;

/// <summary>A field of a JSON body.</summary>
/// <param name="Name">Case matters.</param>
/// <param name="Type">The type as LinkedIn's message names it.</param>
/// <param name="Accept">Takes the value over, or says no to its type.</param>
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
