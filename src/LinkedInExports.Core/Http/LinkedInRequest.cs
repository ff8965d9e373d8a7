using System.Net.Http.Headers;

namespace LinkedInExports.Core.Http;

/// <summary>A request as it is to go over the wire; each attempt sends the same bytes.</summary>
internal sealed class LinkedInRequest
{
    /// <summary>What it does, for messages: "LinkedIn refused to …".</summary>
    internal required string Purpose { get; init; }

    internal required HttpMethod Method { get; init; }

    /// <summary>The address, already encoded: it is sent character by character.</summary>
    internal required Uri Address { get; init; }

    /// <summary>A JSON body in UTF-8, or null for none.</summary>
    internal byte[]? Json { get; init; }

    /// <summary>
    /// Whether sending it twice could make two things. Such a request is repeated only when LinkedIn certainly did not
    /// act on it.
    /// </summary>
    internal bool Creates { get; init; }

    /// <summary>
    /// Whether it is a signed link. Of those a 401 means that their hour is over; of all else, that the token is.
    /// </summary>
    internal bool IsLink { get; init; }

    /// <summary>What failed, for the user: an id or a path.</summary>
    internal string? Target { get; init; }

    internal HttpRequestMessage ToMessage(Uri address, string token)
    {
        var message = new HttpRequestMessage(Method, address);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        message.Headers.ExpectContinue = false; // .NET Framework would ask first, and wait.
        message.Headers.Add(RestLi.ProtocolHeader, RestLi.Protocol2);
        if (Json is not null)
        {
            message.Content = new ByteArrayContent(Json);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return message;
    }
}
