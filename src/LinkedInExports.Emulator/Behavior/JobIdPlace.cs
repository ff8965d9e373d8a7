namespace LinkedInExports.Emulator.Behavior;

/// <summary>Where an answer has the id of a new job.</summary>
public enum JobIdPlace
{
    /// <summary>In the body, as <c>id</c>.</summary>
    Body,

    /// <summary>In <c>X-RestLi-Id</c>; there is no body.</summary>
    RestLiIdHeader,

    /// <summary>In <c>Location</c>; there is no body.</summary>
    LocationHeader,

    /// <summary>Nowhere.</summary>
    Nowhere,
}
