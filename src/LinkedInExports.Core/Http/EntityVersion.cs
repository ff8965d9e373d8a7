using System.Net;
using System.Net.Http.Headers;

namespace LinkedInExports.Core.Http;

/// <summary>
/// The version of a file by a strong validator (RFC 9110). Two parts of a file may be combined only if their versions match.
/// </summary>
internal sealed class EntityVersion
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly EntityTagHeaderValue? _entityTag;
    private readonly DateTimeOffset _lastModified;

    private EntityVersion(EntityTagHeaderValue? tag, DateTimeOffset lastModified, long? length)
    {
        _entityTag = tag;
        _lastModified = lastModified;
        Length = length;
    }

    /// <summary>The length of the complete file, or null if the server does not send it.</summary>
    internal long? Length { get; private set; }

    /// <summary>Gets the version of a response, or null if its download cannot be resumed.</summary>
    internal static EntityVersion? FromResponse(HttpResponseMessage response)
    {
        if (response.Headers.AcceptRanges.Any(unit => unit.Equals("none", StringComparison.OrdinalIgnoreCase)))
            return null;

        long? length = response.Content.Headers.ContentLength;
        if (response.Headers.ETag is { } tag)
            return tag.IsWeak ? null : new EntityVersion(tag, default, length);

        // A date is a strong validator if it is older than the response, because the file cannot have changed within its second.
        return response.Content.Headers.LastModified is { } modified && response.Headers.Date - modified >= Second
            ? new EntityVersion(null, modified, length)
            : null;
    }

    internal RangeConditionHeaderValue ToIfRange() => _entityTag is not null ? new(_entityTag) : new(_lastModified);

    /// <summary>Whether a response is the rest of this version from an offset.</summary>
    internal bool IsMatchingPartialContent(HttpResponseMessage response, long from)
    {
        if (
            response.StatusCode != HttpStatusCode.PartialContent
            || response.Content.Headers.ContentRange is not { Unit: "bytes", From: { } first, To: { } last } range
            || (response.Headers.ETag is { } tag && _entityTag is not null && !tag.Equals(_entityTag))
        )
        {
            return false;
        }

        long? length = Length ?? range.Length;
        if (
            first != from
            || last + 1 != length
            || (range.Length ?? length) != length
            || (response.Content.Headers.ContentLength is { } rest && rest != length - from)
        )
        {
            return false;
        }

        Length = length;
        return true;
    }
}
