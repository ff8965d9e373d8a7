using LinkedInExports.Core.Auth;
using LinkedInExports.Core.Messages;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>One request and its tries, as the retry strategy sees them.</summary>
internal sealed class Attempts(LinkedInRequest request, IMessages messages)
{
    /// <summary>Signatures are long; what is shorter in a link's query are names.</summary>
    private const int ShortestSignature = 16;

    private readonly List<Secret> _signatures = [];

    internal LinkedInRequest Request => request;

    internal IMessages Messages => messages;

    /// <summary>The number of the current try, from 1.</summary>
    internal int Number { get; set; }

    /// <summary>The token of the current try.</summary>
    internal AccessToken? Token { get; set; }

    /// <summary>A request gets one new token at most: one that is refused as well will not get better.</summary>
    internal bool HasNewToken { get; set; }

    /// <summary>A new token that is refused gets one more chance, this one has had it: LinkedIn may know it only a moment later.</summary>
    internal AccessToken? GivenAMoment { get; set; }

    /// <summary>Makes sure that the signature of a link is not shown while the request lasts.</summary>
    internal void KeepSecret(Uri address)
    {
        if (!request.IsLink)
            return;
        foreach (string part in address.Query.Split('?', '&', '=').Where(part => part.Length >= ShortestSignature))
            _signatures.Add(new Secret(part));
    }

    /// <summary>A long wait is said once per request, as a warning.</summary>
    internal bool SaidLongWait { get; set; }
}
