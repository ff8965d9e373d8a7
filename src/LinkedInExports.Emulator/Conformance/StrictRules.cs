using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Conformance;

/// <summary>The rules whose violations the emulator rejects, like LinkedIn. The reason is the message of the response.</summary>
internal static class StrictRules
{
    private const string ValidationJobs = "crmDataValidationExportJobs";
    private const string AnalyticsJobs = "salesAnalyticsExportJobs";
    private const string Contracts = "salesContracts";
    private const string UploadLinks = "hireMediaUrl";
    private const string Resumes = "tcrmCandidateResumes";
    private const string OAuthPrefix = "/oauth/";

    private static readonly string[] SecretParameters = ["client_secret", "refresh_token", "oauth2_access_token", "access_token"];

    public static IEnumerable<Rule> Create() =>
        [
            new(
                "known-endpoint",
                "Requests are sent to documented paths with documented methods.",
                LinkedInDocuments.ErrorHandling,
                exchange => When(exchange.IsApi, exchange, exchange.Status == 405 || IsUnknownPath(exchange))
            ),
            new(
                "access-token",
                "API requests have an access token in the Authorization header.",
                LinkedInDocuments.ApplicationTokens,
                exchange => When(exchange.IsApi, exchange, exchange.Status == 401)
            ),
            new(
                "secrets-in-body",
                "Secrets and tokens are not sent in addresses.",
                LinkedInDocuments.ApplicationTokens,
                exchange =>
                    exchange.IsApi || IsOAuth(exchange)
                        ? Verdict.From(
                            Array.Find(SecretParameters, name => HasParameter(exchange.Request.Query, name)) is { } secret
                                ? $"{secret} is in the address"
                                : null
                        )
                        : Verdict.NotApplicable
            ),
            new(
                "token-request",
                "Token requests are forms with the documented fields.",
                LinkedInDocuments.ApplicationTokens,
                exchange => When(IsOAuth(exchange) && exchange.Method == HttpMethods.Post, exchange, IsRejected(exchange))
            ),
            new(
                "protocol-version",
                "Requests have the version of the Rest.li protocol that the resource supports.",
                LinkedInDocuments.ProtocolVersion,
                exchange =>
                    When(
                        exchange.IsApi && !IsUnknownPath(exchange),
                        exchange,
                        exchange.Message.StartsWith("Rest.li protocol", StringComparison.Ordinal)
                    )
            ),
            new(
                "linkedin-version",
                "Requests to /rest/ have an active LinkedIn-Version.",
                LinkedInDocuments.Versioning,
                exchange =>
                    When(
                        exchange.Request.Path.StartsWith(ApiVersion.Versioned, StringComparison.Ordinal),
                        exchange,
                        exchange.Status == 426 || exchange.Message.StartsWith("A version must", StringComparison.Ordinal)
                    )
            ),
            new(
                "query-length",
                "Queries of more than 4 KB are sent in the body of a POST.",
                LinkedInDocuments.QueryTunneling,
                exchange => When(exchange.IsApi, exchange, exchange.Status == 414)
            ),
            new(
                "content-length",
                "POST requests have a Content-Length.",
                LinkedInDocuments.ErrorHandling,
                exchange => When(exchange.IsApi && exchange.Request.Method == HttpMethods.Post, exchange, exchange.Status == 411)
            ),
            CreateRequestRule("create-validation-job", HttpMethods.Post, ValidationJobs, LinkedInDocuments.ValidationJobs),
            CreateRequestRule("get-validation-job", HttpMethods.Get, ValidationJobs, LinkedInDocuments.ValidationJobs),
            CreateRequestRule("create-analytics-job", HttpMethods.Post, AnalyticsJobs, LinkedInDocuments.AnalyticsJobs),
            CreateRequestRule("get-analytics-job", HttpMethods.Get, AnalyticsJobs, LinkedInDocuments.AnalyticsJobs),
            CreateRequestRule("list-contracts", HttpMethods.Get, Contracts, LinkedInDocuments.Contracts),
            CreateRequestRule("create-upload-link", HttpMethods.Post, UploadLinks, LinkedInDocuments.Resumes),
            CreateRequestRule("update-resumes", HttpMethods.Put, Resumes, LinkedInDocuments.Resumes),
            CreateRequestRule("delete-resumes", HttpMethods.Delete, Resumes, LinkedInDocuments.Resumes),
            new(
                "file-token",
                "Requests for files have the token and the headers that the host of the link requires.",
                LinkedInDocuments.ValidationJobs,
                exchange =>
                    When(
                        IsFile(exchange),
                        exchange,
                        exchange.Status == 400 || (exchange.Status == 401 && exchange.Request.Headers.Authorization.Count == 0)
                    )
            ),
            new(
                "upload-once",
                "An upload link is used for one file, which is not empty and not too large.",
                LinkedInDocuments.Resumes,
                exchange => When(IsFile(exchange) && exchange.Method == HttpMethods.Post, exchange, exchange.Status is 403 or 413)
            ),
            new(
                "resume-quotas",
                "Resume requests stay within the records per minute and the requests per day.",
                LinkedInDocuments.Resumes,
                exchange => When(exchange.Resource is UploadLinks or Resumes, exchange, exchange.Status == 429)
            ),
        ];

    public static bool IsFile(ObservedExchange exchange) => exchange.Request.Path == DownloadEndpoint.Path;

    private static bool IsOAuth(ObservedExchange exchange) =>
        exchange.Request.Path.StartsWith(OAuthPrefix, StringComparison.Ordinal);

    private static Rule CreateRequestRule(string id, string method, string resource, Uri document) =>
        new(
            id,
            $"{method} {resource} has the documented query and body.",
            document,
            exchange => When(exchange.Is(method, resource), exchange, IsRejected(exchange) && !IsGatewayError(exchange))
        );

    private static Verdict When(bool applies, ObservedExchange exchange, bool isViolated) =>
        !applies ? Verdict.NotApplicable
        : isViolated ? Verdict.From(exchange.Message)
        : Verdict.Followed;

    private static bool IsRejected(ObservedExchange exchange) => exchange.Status is 400 or 401 or 403 or 404;

    /// <summary>Whether another rule is about the error.</summary>
    private static bool IsGatewayError(ObservedExchange exchange) =>
        exchange.Status == 401
        || exchange.Message.StartsWith("Rest.li protocol", StringComparison.Ordinal)
        || exchange.Message.StartsWith("A version must", StringComparison.Ordinal);

    private static bool IsUnknownPath(ObservedExchange exchange) =>
        exchange.Status == 404 && exchange.Message.StartsWith("No virtual resource", StringComparison.Ordinal);

    private static bool HasParameter(string query, string name) =>
        query.Split('&').Any(parameter => parameter.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase));
}
