namespace LinkedInExports.Core.Auth;

/// <summary>The answer of the introspection endpoint, as far as it matters here.</summary>
internal sealed class IntrospectionAnswer
{
    public bool Active { get; set; }
}
