namespace LinkedInExports.Emulator.Http;

/// <summary>One operation: verb, path, the rules of the service it belongs to, and what answers it.</summary>
/// <param name="Method">HTTP verb.</param>
/// <param name="Path">Exact path; a trailing <c>{id}</c> stands for any one segment.</param>
/// <param name="Rules">What the service checks before the operation itself looks at the request.</param>
/// <param name="Answer">The operation.</param>
internal sealed record Operation(string Method, string Path, IRequestCheck Rules, Func<EmulatorRequest, EmulatorResponse> Answer)
{
    private const string IdSuffix = "{id}";

    /// <summary>Whether the body may be big: it is read as a stream, and only a digest of it gets to the operation.</summary>
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
