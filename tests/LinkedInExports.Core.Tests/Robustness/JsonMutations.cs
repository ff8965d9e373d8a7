using System.Text;

namespace LinkedInExports.Core.Tests.Robustness;

internal sealed record ReplaceJsonValue(int Number, string Json) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Body = JsonSplice.ReplaceValue(response.Body, Number, _ => Bytes(Json, secrets));
}

/// <summary>Puts a value into an array, an object or quotes.</summary>
internal sealed record WrapJsonValue(int Number, string Before, string After) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Body = JsonSplice.ReplaceValue(
            response.Body,
            Number,
            value => [.. Encoding.Latin1.GetBytes(Before), .. value, .. Encoding.Latin1.GetBytes(After)]
        );
}

internal sealed record RemoveJsonProperty(int Number) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Body = JsonSplice.RemoveProperty(response.Body, Number);
}

internal sealed record RepeatJsonProperty(int Number, string Json) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Body = JsonSplice.RepeatProperty(response.Body, Number, Bytes(Json, secrets));
}

internal sealed record RenameJsonProperty(int Number, string Name) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Body = JsonSplice.RenameProperty(response.Body, Number, Bytes(Name, secrets));
}
