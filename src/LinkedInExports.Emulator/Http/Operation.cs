namespace LinkedInExports.Emulator.Http;

/// <summary>An operation with its method, path, checks and handler.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path. A trailing <c>{id}</c> matches any segment.</param>
/// <param name="RequestCheck">The checks of the service, which run before the operation.</param>
/// <param name="Handler">The handler.</param>
internal sealed record Operation(
    string Method,
    string Path,
    IRequestCheck RequestCheck,
    Func<EmulatorRequest, EmulatorResponse> Handler
)
{
    private const string IdSuffix = "{id}";

    /// <summary>Whether the body can be large, so that it is read as a stream and the operation gets only a digest.</summary>
    public bool DigestsBody { get; init; }

    public bool MatchesPath(string path)
    {
        if (!Path.EndsWith(IdSuffix, StringComparison.Ordinal))
            return path == Path;
        ReadOnlySpan<char> prefix = Path.AsSpan(0, Path.Length - IdSuffix.Length);
        return path.AsSpan().StartsWith(prefix, StringComparison.Ordinal)
            && path.Length > prefix.Length
            && !path.AsSpan(prefix.Length).Contains('/');
    }
}
