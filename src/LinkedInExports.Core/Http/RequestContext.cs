using LinkedInExports.Core.Output;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>One request and its tries, as the retry strategy sees them.</summary>
internal sealed class RequestContext(LinkedInRequest request, ICommandOutput output)
{
    /// <summary>Signatures are long; what is shorter in a link's query are names.</summary>
    private const int MinSignatureLength = 16;

    /// <summary>The name of an uploaded file is no secret, and messages about it would be unreadable without it.</summary>
    private const string FileNamePrefix = "x-ambry-filename=";

    private readonly List<Secret> _signatures = [];

    internal LinkedInRequest Request => request;

    internal ICommandOutput Output => output;

    /// <summary>The number of the current try, from 1.</summary>
    internal int AttemptNumber { get; set; }

    /// <summary>The token of the current try.</summary>
    internal AccessToken? Token { get; set; }

    /// <summary>A request gets one new token at most: one that is refused as well will not get better.</summary>
    internal bool IsTokenRenewed { get; set; }

    /// <summary>A new token that is refused gets one more chance, this one has had it: LinkedIn may know it only a moment later.</summary>
    internal AccessToken? PropagationRetriedToken { get; set; }

    /// <summary>The number of tokens that were retried after a delay.</summary>
    internal int PropagationRetries { get; set; }

    /// <summary>Makes sure that the signature of a link is not shown while the request lasts.</summary>
    internal void ProtectSignature(Uri address)
    {
        if (!request.IsSignedUrl)
            return;
        foreach (string part in address.Query.TrimStart('?').Split('&').Where(part => !part.StartsWith(FileNamePrefix, StringComparison.Ordinal)))
        {
            string value = part.Substring(part.IndexOf('=') + 1);
            if (value.Length >= MinSignatureLength && !_signatures.Exists(known => known.Value == value))
                _signatures.Add(new Secret(value, isShortLived: true));
        }
    }

    /// <summary>A long wait is said once per request, as a warning.</summary>
    internal bool IsLongDelayReported { get; set; }
}
