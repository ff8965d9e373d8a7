using System.Text;

namespace LinkedInExports.Emulator.Faults;

/// <summary>One replacement in a body, wherever the text occurs.</summary>
/// <param name="Find">What is replaced, in UTF-8.</param>
/// <param name="With">What takes its place, any bytes.</param>
public sealed record BodyReplacement(string Find, byte[] With)
{
    /// <summary>A replacement by text, in UTF-8.</summary>
    public BodyReplacement(string find, string with)
        : this(find, Encoding.UTF8.GetBytes(with)) { }
}
