namespace LinkedInExports.Core.Tests.Robustness;

internal sealed record ChangeStatus(int Status) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) => response.Status = Status;
}

internal sealed record ChangeReason(string Reason) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) => response.Reason = secrets.Fill(Reason);
}

/// <summary>Sets a header; a null value removes it.</summary>
internal sealed record ChangeHeader(string Name, string? Value) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Set(Name, Value is null ? null : secrets.Fill(Value));
}

internal sealed record RedirectTo(int Status, string Location) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets)
    {
        response.Status = Status;
        response.Set("Location", secrets.Fill(Location));
        response.Body = [];
    }
}

/// <summary>Delays the response. With a negative number, it never arrives.</summary>
internal sealed record DelayResponse(int Seconds) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Delay = Seconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(Seconds);
}
