using System.Management.Automation;
using Entry = LinkedInExports.Errors.ErrorCatalog.Entry;

namespace LinkedInExports.Errors;

/// <summary>Connections and requests.</summary>
internal static class RequestErrors
{
    internal static IReadOnlyDictionary<LinkedInErrorId, Entry> Entries { get; } =
        new Dictionary<LinkedInErrorId, Entry>
        {
            [LinkedInErrorId.NotConnected] = new(
                ErrorCategory.ConnectionError,
                "There is no connection to LinkedIn in this runspace, and the environment variables contain no token or "
                    + "client secret.",
                "Run Connect-LinkedIn first, specify -Connection, or set LINKEDIN_ACCESS_TOKEN or LINKEDIN_CLIENT_ID "
                    + "and LINKEDIN_CLIENT_SECRET."
            ),
            [LinkedInErrorId.EnvironmentIncomplete] = new(
                ErrorCategory.InvalidArgument,
                "The environment variables for a connection are missing or invalid.",
                "Set LINKEDIN_ACCESS_TOKEN, or LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET. Set LINKEDIN_BASE_URI and "
                    + "LINKEDIN_TOKEN_URI only for servers other than LinkedIn's."
            ),
            [LinkedInErrorId.InvalidAddress] = new(
                ErrorCategory.InvalidArgument,
                "The token can't be sent to the address of the API, because the address isn't a valid https address.",
                "Specify an address that begins with https, such as https://api.linkedin.com/v2/, or omit it."
            ),
            [LinkedInErrorId.AddressNotAllowed] = new(
                ErrorCategory.SecurityError,
                "A download link or redirect leads to an unknown host. No request was sent to it.",
                "If the host belongs to LinkedIn or your organization, specify its name with Connect-LinkedIn -DownloadHost. "
                    + "Add =token to the name only if the host requires the token."
            ),
            [LinkedInErrorId.InvalidCredentials] = new(
                ErrorCategory.AuthenticationError,
                "LinkedIn rejected the client ID, the client secret or the refresh token.",
                "Check the values in LinkedIn's Developer Portal, and that the application may use this kind of "
                    + "sign-in. A refresh token expires one year after the sign-in; then sign in again."
            ),
            [LinkedInErrorId.TokenEndpointFailed] = new(
                ErrorCategory.ProtocolError,
                "The response of the token endpoint isn't a response of an OAuth server. The address may be incorrect, "
                    + "or a proxy or the sign-in page of a network may have responded.",
                "Check Connect-LinkedIn -TokenUri (or LINKEDIN_TOKEN_URI), and whether the network requires a sign-in."
            ),
            [LinkedInErrorId.SignInFailed] = new(
                ErrorCategory.AuthenticationError,
                "The sign-in with the browser was canceled, timed out, or isn't possible in this session.",
                "Sign in from an interactive session, with -NoBrowser if the browser is on another machine, and register the "
                    + "redirect URL with the application. Otherwise, connect with -ClientCredential or -AccessToken."
            ),
            [LinkedInErrorId.VaultFailed] = new(
                ErrorCategory.ResourceUnavailable,
                "The connection of a name could not be read from the vault, or stored in it.",
                "Install the module Microsoft.PowerShell.SecretManagement and register a vault. Get-SecretInfo LinkedInExports.* "
                    + "lists the stored connections. To store one, run Connect-LinkedIn with a credential and -SaveAs."
            ),
            [LinkedInErrorId.TokenRejected] = new(
                ErrorCategory.AuthenticationError,
                "LinkedIn rejected the access token: it is invalid, expired or revoked.",
                "Get a new token and run Connect-LinkedIn again. With -ClientCredential, tokens are renewed automatically."
            ),
            [LinkedInErrorId.AccessDenied] = new(
                ErrorCategory.PermissionDenied,
                "The token is valid, but the application or member doesn't have permission for the request.",
                "Check the scopes of the application (r_sales_nav_validation, r_sales_nav_analytics) and the role of "
                    + "the member. Analytics exports require an Advanced or Advanced Plus contract, and resumes require the "
                    + "customer's own application."
            ),
            [LinkedInErrorId.NotFound] = new(
                ErrorCategory.ObjectNotFound,
                "LinkedIn didn't find the requested item. It keeps export jobs for one week, and may also return this "
                    + "status if access is restricted.",
                "Check the id, the CRM instance or contract, and the permissions of the application. If a job is older "
                    + "than one week, create a new one."
            ),
            [LinkedInErrorId.BadRequest] = new(
                ErrorCategory.InvalidArgument,
                "LinkedIn rejected the request as invalid.",
                "Read LinkedIn's reason in the message. LinkedIn's support can find the request by the trace id."
            ),
            [LinkedInErrorId.ApiVersionRejected] = new(
                ErrorCategory.InvalidArgument,
                "LinkedIn doesn't serve the API version of the request, or requires a version.",
                "Run Connect-LinkedIn -ApiVersion (or set LINKEDIN_API_VERSION) with a version that LinkedIn's "
                    + "documentation lists as active. For https://api.linkedin.com/v2/, omit it."
            ),
            [LinkedInErrorId.RateLimitExceeded] = new(
                ErrorCategory.LimitsExceeded,
                "A rate limit of LinkedIn was reached, and the retries were also rejected.",
                "Try again later. Daily limits are reset at 00:00 UTC."
            ),
            [LinkedInErrorId.ServerError] = new(
                ErrorCategory.ResourceUnavailable,
                "LinkedIn returned a server error, also for the retries.",
                "Try again later. If the error persists, report the trace id to LinkedIn's support."
            ),
            [LinkedInErrorId.ConnectionFailed] = new(
                ErrorCategory.ConnectionError,
                "LinkedIn can't be reached, or the connection broke, also during the retries.",
                "Check the network, the proxy, and the address that Get-LinkedInConnection shows."
            ),
            [LinkedInErrorId.RequestTimedOut] = new(
                ErrorCategory.OperationTimeout,
                "LinkedIn didn't respond in time, also to the retries.",
                "Try again later."
            ),
            [LinkedInErrorId.CertificateRejected] = new(
                ErrorCategory.SecurityError,
                "The TLS connection failed: the certificate of the server or proxy is not trusted, expired or for "
                    + "another name, or there is no common TLS version. The request was not sent.",
                "Install the certificate authority of your organization in the trust store of the machine, or check the "
                    + "address, the proxy and the clock of the machine."
            ),
            [LinkedInErrorId.ProxyAuthenticationFailed] = new(
                ErrorCategory.AuthenticationError,
                "The proxy requires a credential or rejected it (status 407). The credential was sent only once, so "
                    + "that the account isn't locked.",
                "Run Connect-LinkedIn again with -Proxy and -ProxyCredential, or correct the credential in HTTPS_PROXY."
            ),
            [LinkedInErrorId.ProxyRejected] = new(
                ErrorCategory.PermissionDenied,
                "The proxy rejected the connection to the host.",
                "Ask the administrator of the proxy to allow the host, or connect with another -Proxy or with -NoProxy."
            ),
            [LinkedInErrorId.UnsupportedEncoding] = new(
                ErrorCategory.InvalidData,
                "The compression of a response is not supported, or the compressed data is damaged. Nothing was saved.",
                "Check whether a proxy changes the traffic. Otherwise, report the message."
            ),
            [LinkedInErrorId.CreateOutcomeUnknown] = new(
                ErrorCategory.ConnectionError,
                "The request to create a job was sent, but the response was lost. A job may exist. The request was not "
                    + "repeated, because that could create a second job.",
                "Run the command again. A second job exports the same records. With a checkpoint, specify -Force, or "
                    + "wait three hours: after that time, the job is over, and the next run creates another one."
            ),
            [LinkedInErrorId.JobIdMissing] = new(
                ErrorCategory.ProtocolError,
                "LinkedIn accepted the request to create a job, but the response has no job id. The job may exist, but "
                    + "can't be found without its id.",
                "Run the command again once. With a checkpoint, specify -Force, or wait three hours. If the error "
                    + "persists, report the message, because the API may have changed."
            ),
            [LinkedInErrorId.UnexpectedResponse] = new(
                ErrorCategory.ProtocolError,
                "LinkedIn's response doesn't match its documentation.",
                "Try again. If the error persists, report the message, because the API may have changed."
            ),
            [LinkedInErrorId.RequestOutcomeUnknown] = new(
                ErrorCategory.ConnectionError,
                "A POST request was sent, but the response was lost. LinkedIn may have processed the request. It was "
                    + "not repeated.",
                "Check with a GET request whether LinkedIn processed the request before you send it again."
            ),
            [LinkedInErrorId.InvalidRequest] = new(
                ErrorCategory.InvalidArgument,
                "The path or body of an API request is invalid.",
                "Specify -Path without a host, such as salesContracts or /rest/tcrmPipelines, and -Body as JSON text or "
                    + "a hashtable."
            ),
        };
}
