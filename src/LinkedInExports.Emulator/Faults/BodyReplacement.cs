using System.Text;

namespace LinkedInExports.Emulator.Faults;

/// <summary>A replacement of all occurrences of a text in a body.</summary>
/// <param name="Find">The text to find, in UTF-8.</param>
/// <param name="With">The bytes to insert.</param>
public sealed record BodyReplacement(string Find, byte[] With)
{
    /// <summary>Initializes a replacement with a text in UTF-8.</summary>
    public BodyReplacement(string find, string with)
        : this(find, Encoding.UTF8.GetBytes(with)) { }
}
