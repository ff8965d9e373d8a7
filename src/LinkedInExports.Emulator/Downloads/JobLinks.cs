using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Downloads;

/// <summary>The links of a completed job over time. Not thread-safe.</summary>
internal sealed class CompletedJobLoader(EmulatorOptions options)
{
    private DateTimeOffset? _completedAt;
    private DateTimeOffset? _refreshedAt;
    private LinkSet? _current;

    /// <summary>
    /// Gets the links for a status request. <see cref="LinkSet.Urls"/> is <c>null</c> while the job has no links.
    /// </summary>
    public LinkSet GetLinks(IReadOnlyList<IBody> files, SignedLinkStore links)
    {
        EmulatorBehavior behavior = options.Behavior;
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        _completedAt ??= now;
        if (now - _completedAt < behavior.LinksMissingFor)
            return LinkSet.None;
        if (_current is null)
            return _current = links.Issue(files);
        if (links.AreValid(_current))
            return _current;

        _refreshedAt ??= now;
        if (behavior.RefreshedLinks == RefreshedLinks.New || now - _refreshedAt >= behavior.RefreshedLinksFor)
        {
            _refreshedAt = null;
            return _current = links.Issue(files);
        }

        if (behavior.RefreshedLinks == RefreshedLinks.Unchanged)
            return _current;
        _current = links.Issue(files);
        foreach (string signature in _current.Signatures)
            links.Expire(signature);
        return _current;
    }
}
