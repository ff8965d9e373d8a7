using System.Text;

namespace LinkedInExports.Emulator.Http;

/// <summary>Finds the operation of a request and refuses what no operation may see.</summary>
internal sealed class Router(IReadOnlyList<Operation> operations)
{
    /// <summary>Longest query in bytes that LinkedIn reads.</summary>
    public const int MaxQueryBytes = 4096;

    public ApiResponse Answer(ApiRequest request)
    {
        if (Encoding.UTF8.GetByteCount(request.Query) > MaxQueryBytes)
            return LinkedInError.Response(414, 0, $"Request-URI Too Long: the query has more than {MaxQueryBytes} bytes");

        List<Operation> candidates = [.. operations.Where(operation => operation.MatchesPath(request.Path))];
        if (candidates.Count == 0) return LinkedInError.NotFound($"No virtual resource found for {request.Path}");

        Operation? found = candidates.Find(operation => operation.Method == request.Method);
        if (found is null)
        {
            string allowed = string.Join(", ", candidates.Select(operation => operation.Method));
            return LinkedInError.Response(405, 0, $"Method {request.Method} is not allowed here").With("Allow", allowed);
        }

        ApiResponse response = found.Rules.Check(request) ?? found.Answer(request);
        found.Rules.Complete(response);
        return response;
    }
}
