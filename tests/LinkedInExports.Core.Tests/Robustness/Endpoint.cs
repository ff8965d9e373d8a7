namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>The operations whose responses are mutated.</summary>
internal enum Endpoint
{
    CreateJob,
    JobStatus,
    Download,
    Contracts,
    MediaUrl,
    Upload,
    UpdateResumes,
    DeleteResumes,
    Token,
    Introspection,
    Other,
}

internal static class Endpoints
{
    internal static Endpoint Of(HttpRequestMessage request)
    {
        string path = request.RequestUri!.AbsolutePath;
        bool isPost = request.Method == HttpMethod.Post;
        return path switch
        {
            "/ambry/" => isPost ? Endpoint.Upload : Endpoint.Download,
            "/v2/hireMediaUrl" => Endpoint.MediaUrl,
            "/v2/salesContracts" => Endpoint.Contracts,
            "/v2/tcrmCandidateResumes" => request.Method == HttpMethod.Delete ? Endpoint.DeleteResumes : Endpoint.UpdateResumes,
            "/oauth/v2/accessToken" => Endpoint.Token,
            "/oauth/v2/introspectToken" => Endpoint.Introspection,
            _ when path.Contains("ExportJobs", StringComparison.Ordinal) => isPost ? Endpoint.CreateJob : Endpoint.JobStatus,
            _ => Endpoint.Other,
        };
    }
}
