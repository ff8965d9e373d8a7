namespace LinkedInExports.Core.Auth;

/// <summary>The answer of the introspection endpoint, as far as it matters here.</summary>
internal sealed class IntrospectionResponse
{
    public bool Active { get; set; }
}
