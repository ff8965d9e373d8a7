namespace LinkedInExports.Emulator.Http;

/// <summary>Finds the operation of a request and refuses what no operation may see.</summary>
/// <param name="operations">All there are.</param>
/// <param name="tunnel">Unpacks tunnelled requests; <c>null</c> where there is no such thing.</param>
internal sealed class Router(IReadOnlyList<Operation> operations, QueryTunnel? tunnel = null)
{
    /// <summary>Whether only a digest of the body of this request may be kept.</summary>
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

        EmulatorResponse response = found.Rules.Check(request) ?? found.Answer(request);
        found.Rules.Complete(request, response);
        return response;
    }
}
