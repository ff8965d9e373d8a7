using LinkedInExports.Core.Output;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>A request and the state of its attempts.</summary>
internal sealed class RequestContext(LinkedInRequest request, IDiagnostics diagnostics)
{
    /// <summary>Shorter values in the query of a link are not signatures.</summary>
    private const int MinSignatureLength = 16;

    /// <summary>The name of an uploaded file is not a secret, and messages need it.</summary>
    private const string FileNamePrefix = "x-ambry-filename=";

    private readonly List<Secret> _signatures = [];

    internal LinkedInRequest Request => request;

    internal IDiagnostics Diagnostics => diagnostics;

    /// <summary>The number of the current attempt, from 1.</summary>
    internal int AttemptNumber { get; set; }

    /// <summary>Whether LinkedIn definitely has not processed the request so far.</summary>
    internal bool IsNotProcessed { get; set; } = true;

    /// <summary>The token of the current attempt.</summary>
    internal AccessToken? Token { get; set; }

    /// <summary>Whether the request has been sent with a new token, which happens once at most.</summary>
    internal bool IsTokenRenewed { get; set; }

    /// <summary>The new token that was retried after its rejection, because new tokens take a moment to propagate.</summary>
    internal AccessToken? PropagationRetriedToken { get; set; }

    /// <summary>The number of tokens that were retried after a delay.</summary>
    internal int PropagationRetries { get; set; }

    /// <summary>Registers the signatures of a link as secrets during the request.</summary>
    internal void ProtectSignature(Uri address)
    {
        if (!request.IsSignedUrl)
            return;
        foreach (
            string part in address
                .Query.TrimStart('?')
                .Split('&')
                .Where(part => !part.StartsWith(FileNamePrefix, StringComparison.Ordinal))
        )
        {
            string value = part.Substring(part.IndexOf('=') + 1);
            if (value.Length >= MinSignatureLength && !_signatures.Exists(known => known.Value == value))
                _signatures.Add(new Secret(value, isShortLived: true));
        }
    }

    /// <summary>Removes the signatures after the success of a request, when no message can contain them any more.</summary>
    internal void ReleaseSignatures()
    {
        foreach (Secret signature in _signatures)
            signature.Release();
        _signatures.Clear();
    }

    /// <summary>The delay before the next attempt, or null.</summary>
    internal ThrottledWait? RetryDelay { get; set; }

    /// <summary>Ends the delay before an attempt.</summary>
    internal void EndRetryDelay()
    {
        RetryDelay?.Dispose();
        RetryDelay = null;
    }

    /// <summary>Whether a warning about a long delay was written, which happens once per request.</summary>
    internal bool IsLongDelayReported { get; set; }
}
