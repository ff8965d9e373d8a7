using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace LinkedInExports.Text;

/// <summary>
/// Finds secrets and parts of them in a text: as they are, percent-encoded, escaped for JSON or HTML (also several times), in
/// Base64 and in hexadecimal.
/// </summary>
internal sealed class SecretMasker
{
    /// <summary>
    /// The minimum length of the parts of a random secret that are found. Shorter parts are useless to an attacker.
    /// </summary>
    internal const int MinFragmentLength = 8;

    /// <summary>The number of different parts, those of 16 characters of a secret, that a text cannot have by chance.</summary>
    private const int CertainParts = MinFragmentLength + 1;

    private const string Placeholder = "***";

    /// <summary>The maximum number of nested encodings.</summary>
    private const int MaxDepth = 3;

    /// <summary>The parts, as eight lowercase ASCII characters that are packed into a number.</summary>
    /// <remarks>The value is the number of secrets with the part.</remarks>
    private readonly ConcurrentDictionary<ulong, int> _parts = new();
    private readonly ConcurrentDictionary<string, int> _secretsInFull = new(StringComparer.Ordinal);

    /// <summary>
    /// The number of objects with the same secret, for example those of a token and of the attempts with a link.
    /// </summary>
    private readonly Dictionary<SecretValue, int> _secrets = [];

    /// <summary>
    /// Values whose parts are added before the next text is searched. A successful upload releases its link before that.
    /// </summary>
    private readonly HashSet<SecretValue> _pending = [];

    internal SecretMasker(IEnumerable<Secret> secrets)
    {
        foreach (Secret secret in secrets)
            Add(secret);
    }

    internal void Add(Secret secret)
    {
        var value = SecretValue.From(secret);
        lock (_secrets)
        {
            _secrets.TryGetValue(value, out int count);
            _secrets[value] = count + 1;
            if (count == 0)
                _pending.Add(value);
        }
    }

    /// <summary>Reverses <see cref="Add"/>.</summary>
    internal void Remove(Secret secret)
    {
        var value = SecretValue.From(secret);
        lock (_secrets)
        {
            if (--_secrets[value] > 0)
                return;
            _secrets.Remove(value);
            if (!_pending.Remove(value))
                Count(value, -1);
        }
    }

    /// <summary>Replaces each secret, and each part of one, by <c>***</c>.</summary>
    internal string Remove(string text)
    {
        if (text.Length == 0)
            return text;

        AddPending();
        bool[]? isSecret = null;
        var view = EncodedText.From(text);
        for (int depth = 0; ; depth++)
        {
            Find(view, ref isSecret);
            if (depth == MaxDepth || view.Decode() is not { } decoded)
                return isSecret is null ? text : Mask(text, isSecret);
            view = decoded;
        }
    }

    /// <summary>
    /// Whether a text contains a secret, or a part that is too long to be a coincidence. For text that must not be changed:
    /// unlike <see cref="Remove(string)"/>, it accepts short parts, which an id can have in common with a token.
    /// </summary>
    internal bool Contains(string text)
    {
        AddPending();
        var found = new HashSet<ulong>();
        var view = EncodedText.From(text);
        for (int depth = 0; ; depth++)
        {
            foreach ((ulong part, _) in GetParts(view.Text))
                found.Add(part);
            if (found.Count >= CertainParts || GetCompleteValues(view.Text).Any())
                return true;
            if (depth == MaxDepth || view.Decode() is not { } decoded)
                return false;
            view = decoded;
        }
    }

    private void AddPending()
    {
        lock (_secrets)
        {
            foreach (SecretValue value in _pending)
                Count(value, 1);
            _pending.Clear();
        }
    }

    private static IEnumerable<string> GetForms(SecretValue secret)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret.Value);
        if (secret.IsRandom && secret.Value.Length > MinFragmentLength)
            yield return secret.Value;
        if (secret.IsShortLived)
            yield break;
        yield return string.Concat(bytes.Select(unit => unit.ToString("x2", CultureInfo.InvariantCulture)));

        // The Base64 of a secret differs for each of the three positions in a group at which it can start.
        for (int offset = 0; offset < 3; offset++)
        {
            string encoded = Convert.ToBase64String([.. new byte[offset], .. bytes]).TrimEnd('=');
            string inner = encoded.Substring(
                offset == 0 ? 0 : offset + 1,
                Math.Max(0, encoded.Length - (offset == 0 ? 1 : offset + 2))
            );
            yield return inner;
            yield return inner.Replace('+', '-').Replace('/', '_');
        }
    }

    private void Count(SecretValue secret, int by)
    {
        foreach (string form in GetForms(secret))
        {
            for (int at = 0; at + MinFragmentLength <= form.Length; at++)
            {
                if (Pack(form, at) is { } part)
                    Count(_parts, part, by);
            }

            if (form.Any(character => character > 127))
                Count(_secretsInFull, form, by);
        }

        // A password is removed as a complete value, and a short token has too few parts.
        if (!secret.IsRandom || secret.Value.Length < MinFragmentLength + CertainParts - 1)
            Count(_secretsInFull, secret.Value, by);
    }

    /// <summary>Changes a count. The caller holds the lock; other threads only read.</summary>
    private static void Count<T>(ConcurrentDictionary<T, int> counts, T key, int by)
        where T : notnull
    {
        counts.TryGetValue(key, out int before);
        if (before + by > 0)
            counts[key] = before + by;
        else
            counts.TryRemove(key, out _);
    }

    private void Find(EncodedText view, ref bool[]? isSecret)
    {
        foreach ((_, int end) in GetParts(view.Text))
            view.MaskSource(end - MinFragmentLength, end, ref isSecret);
        foreach ((int start, int end) in GetCompleteValues(view.Text))
            view.MaskSource(start, end, ref isSecret);
    }

    /// <summary>Gets the parts of secrets in a text with their end positions.</summary>
    private IEnumerable<(ulong Part, int End)> GetParts(string text)
    {
        ulong window = 0;
        int length = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] > 127)
            {
                length = 0;
                continue;
            }

            window = (window << 8) | Lower(text[at]);
            if (++length >= MinFragmentLength && _parts.ContainsKey(window))
                yield return (window, at + 1);
        }
    }

    /// <summary>Gets the positions of secrets that are found only as complete values, regardless of case.</summary>
    private IEnumerable<(int Start, int End)> GetCompleteValues(string text)
    {
        foreach (KeyValuePair<string, int> entry in _secretsInFull)
        {
            string whole = entry.Key;
            for (int at = IndexOf(whole, 0); at >= 0; at = IndexOf(whole, at + 1))
                yield return (at, at + whole.Length);
        }

        int IndexOf(string whole, int start) => text.IndexOf(whole, start, StringComparison.OrdinalIgnoreCase);
    }

    private static string Mask(string text, bool[] isSecret)
    {
        var masked = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            if (!isSecret[at])
                masked.Append(text[at]);
            else if (at == 0 || !isSecret[at - 1])
                masked.Append(Placeholder);
        }

        return masked.ToString();
    }

    private static ulong? Pack(string text, int start)
    {
        ulong packed = 0;
        for (int at = start; at < start + MinFragmentLength; at++)
        {
            if (text[at] > 127)
                return null;
            packed = (packed << 8) | Lower(text[at]);
        }

        return packed;
    }

    private static byte Lower(char character) => (byte)(character is >= 'A' and <= 'Z' ? character | 0x20 : character);

    /// <summary>The value of a <see cref="Secret"/>, whose lifetime this class must not extend.</summary>
    private readonly record struct SecretValue(string Value, bool IsRandom, bool IsShortLived)
    {
        internal static SecretValue From(Secret secret) => new(secret.Value, secret.IsRandom, secret.IsShortLived);
    }
}
