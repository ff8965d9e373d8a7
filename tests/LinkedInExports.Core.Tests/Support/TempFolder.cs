using System.Text;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>A folder that is deleted at the end of a test.</summary>
internal sealed class TempFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("linkedin-exports-").FullName;

    internal string[] Names =>
        [.. Directory.GetFileSystemEntries(Path).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal)!];

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    internal string Write(string name, string text, Encoding? encoding = null)
    {
        System.IO.File.WriteAllText(File(name), text, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
