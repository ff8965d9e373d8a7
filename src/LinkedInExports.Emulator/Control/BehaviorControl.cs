using System.Text.Json;
using System.Text.Json.Nodes;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Control;

/// <summary>Control operations that get and set the behavior.</summary>
internal sealed class BehaviorControl(LinkedInEmulator emulator)
{
    private readonly EmulatorBehavior _initial = emulator.Behavior;

    public IEnumerable<Operation> Operations(string prefix, IRequestCheck requestCheck) =>
        [
            new(HttpMethods.Get, $"{prefix}behavior", requestCheck, _ => ControlResponses.Json(emulator.Behavior)),
            new(HttpMethods.Post, $"{prefix}behavior", requestCheck, Change),
            new(
                HttpMethods.Delete,
                $"{prefix}behavior",
                requestCheck,
                _ => ControlResponses.Success(() => emulator.Behavior = _initial)
            ),
        ];

    // Properties that the body does not contain are unchanged. null resets a property to its default.
    private EmulatorResponse Change(EmulatorRequest request)
    {
        try
        {
            if (JsonNode.Parse(request.Body) is not JsonObject changes)
                return LinkedInError.BadRequest("the body must be a JSON object");
            JsonObject all = JsonSerializer.SerializeToNode(emulator.Behavior, ControlJson.Options)!.AsObject();
            foreach ((string name, JsonNode? value) in changes)
            {
                if (value is null)
                    all.Remove(name);
                else
                    all[name] = value.DeepClone();
            }

            emulator.Behavior = all.Deserialize<EmulatorBehavior>(ControlJson.Options)!;
            return ControlResponses.Json(emulator.Behavior);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException)
        {
            return LinkedInError.BadRequest(e.Message);
        }
    }
}
