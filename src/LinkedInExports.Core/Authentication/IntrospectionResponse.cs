namespace LinkedInExports.Core.Authentication;

/// <summary>The answer of the introspection endpoint, as far as it matters here.</summary>
internal sealed class IntrospectionResponse
{
    public bool Active { get; set; }
}
