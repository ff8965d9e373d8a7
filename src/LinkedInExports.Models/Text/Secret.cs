using System.Diagnostics.CodeAnalysis;

namespace LinkedInExports.Text;

/// <summary>
/// A value that must never be shown: a token, a client secret, a password or the signature of a link. While the object is
/// referenced, <see cref="Sanitizer"/> removes the value from every text.
/// </summary>
internal sealed class Secret
{
    /// <summary>Shorter values are ignored, because they can be parts of ordinary words.</summary>
    private const int MinPasswordLength = 6;
    private const int MinRandomLength = 8;

    /// <param name="value">The value.</param>
    /// <param name="isRandom">
    /// True for generated values: any part of them is removed too. A password that a person chose can contain ordinary words and
    /// is removed only as a complete value.
    /// </param>
    /// <param name="isShortLived">
    /// True for the signature of a link, of which thousands can exist: it is removed in every encoding but Base64 and
    /// hexadecimal, which servers do not use for links.
    /// </param>
    internal Secret(string value, bool isRandom = true, bool isShortLived = false)
    {
        Value = value;
        IsRandom = isRandom;
        IsShortLived = isShortLived;
        if (value.Length < (isRandom ? MinRandomLength : MinPasswordLength))
        {
            GC.SuppressFinalize(this);
            return;
        }

        KnownSecrets.Matcher.Add(this);
        if (IsCredential)
            KnownSecrets.Credentials.Add(this);
    }

    /// <summary>Removes the secret, because nothing can use it.</summary>
    ~Secret() => Remove();

    internal string Value { get; }

    internal bool IsRandom { get; }

    internal bool IsShortLived { get; }

    private bool IsCredential => IsRandom && !IsShortLived;

    /// <summary>Removes the secret at once, because no text can contain it any more.</summary>
    [SuppressMessage(
        "Usage",
        "CA1816",
        Justification = "Not IDisposable: most secrets have no owner that could dispose of them."
    )]
    internal void Release()
    {
        GC.SuppressFinalize(this);
        Remove();
    }

    /// <summary>Returns the name of the type. The value is not shown.</summary>
    public override string ToString() => nameof(Secret);

    private void Remove()
    {
        KnownSecrets.Matcher.Remove(this);
        if (IsCredential)
            KnownSecrets.Credentials.Remove(this);
    }
}
