namespace LinkedInExports.Text;

/// <summary>
/// The secrets of all connections of this process. References are weak, so a secret is known exactly as long as something
/// can still use it.
/// </summary>
internal static class KnownSecrets
{
    private static readonly object Gate = new();
    private static List<WeakReference<Secret>> _all = [];
    private static SecretMatcher? _matcher;

    /// <summary>Finds all secrets that are known now.</summary>
    internal static SecretMatcher Matcher => Volatile.Read(ref _matcher) ?? Rebuild();

    internal static void Add(Secret secret)
    {
        lock (Gate)
        {
            _all.Add(new WeakReference<Secret>(secret));
            _matcher = null;
        }
    }

    private static SecretMatcher Rebuild()
    {
        lock (Gate)
        {
            var alive = new List<WeakReference<Secret>>(_all.Count);
            var secrets = new List<Secret>(_all.Count);
            foreach (WeakReference<Secret> reference in _all)
            {
                if (!reference.TryGetTarget(out Secret? secret))
                    continue;
                alive.Add(reference);
                secrets.Add(secret);
            }

            _all = alive;
            return _matcher ??= new SecretMatcher(secrets);
        }
    }
}
