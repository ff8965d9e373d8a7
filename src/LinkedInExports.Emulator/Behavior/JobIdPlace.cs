namespace LinkedInExports.Emulator.Behavior;

/// <summary>Specifies where a response has the id of a new job.</summary>
public enum JobIdPlace
{
    /// <summary>In the property <c>id</c> of the body.</summary>
    Body,

    /// <summary>In <c>X-RestLi-Id</c>, without a body.</summary>
    RestLiIdHeader,

    /// <summary>In <c>Location</c>, without a body.</summary>
    LocationHeader,

    /// <summary>The response has no id.</summary>
    Nowhere,
}
