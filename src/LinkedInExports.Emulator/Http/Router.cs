namespace LinkedInExports.Emulator.Http;

/// <summary>Routes requests to operations, and rejects requests that are too large or match none.</summary>
/// <param name="operations">The operations.</param>
/// <param name="tunnel">Unpacks tunneled requests, or <c>null</c> if they are not supported.</param>
internal sealed class Router(IReadOnlyList<Operation> operations, QueryTunnel? tunnel = null)
{
    /// <summary>Whether only a digest of the request's body is kept.</summary>
    public bool DigestsBody(EmulatorRequest request) =>
        operations.Any(operation =>
            operation.DigestsBody && operation.Method == request.Method && operation.MatchesPath(request.Path)
        );

    public EmulatorResponse Route(EmulatorRequest request)
    {
        if (SizeLimits.Check(request) is { } tooLong)
            return tooLong;
        if (tunnel?.Unpack(ref request) is { } badTunnel)
            return badTunnel;

        string path = ApiVersion.Normalize(request.Path);
        List<Operation> candidates = [.. operations.Where(operation => operation.MatchesPath(path))];
        if (candidates.Count == 0)
            return LinkedInError.NotFound($"No virtual resource found for {request.Path}");

        Operation? found = candidates.Find(operation => operation.Method == request.Method);
        if (found is null)
        {
            string allowed = string.Join(", ", candidates.Select(operation => operation.Method));
            return LinkedInError.Create(405, 0, $"Method {request.Method} is not allowed here").With("Allow", allowed);
        }

        EmulatorResponse response = found.RequestCheck.Check(request) ?? found.Handler(request);
        found.RequestCheck.Complete(request, response);
        return response;
    }
}
