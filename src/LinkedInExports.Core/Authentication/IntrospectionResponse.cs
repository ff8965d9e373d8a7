namespace LinkedInExports.Core.Authentication;

/// <summary>The used properties of the introspection endpoint's response.</summary>
internal sealed class IntrospectionResponse
{
    public bool Active { get; set; }
}
