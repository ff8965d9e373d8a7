using System.Runtime.InteropServices;
using System.Text;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.IO;

/// <summary>A partial file is always new: an existing file with its name is not written to.</summary>
public sealed class AtomicFileWriterTests : IDisposable
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("new");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WriteAllBytes_MissingFolder_NamesTheFolder()
    {
        string path = Path.Combine(_folder.File("missing"), "a.json");

        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            AtomicFileWriter.WriteAllBytes(FileSystem.Real, path, Text)
        );

        Assert.Equal($"{path} cannot be written: The folder '{_folder.File("missing")}' does not exist.", error.Message);
    }

    [Fact]
    public void WriteAllBytes_HardLinkWithThePartialName_KeepsTheLinkedFile()
    {
        if (OperatingSystem.IsWindows())
            return;
        string victim = _folder.Write("victim.txt", "precious");
        Assert.Equal(0, Link(victim, _folder.File("a.json.partial")));

        AtomicFileWriter.WriteAllBytes(FileSystem.Real, _folder.File("a.json"), Text);

        Assert.Equal("precious", File.ReadAllText(victim));
        Assert.Equal("new", File.ReadAllText(_folder.File("a.json")));
        Assert.Equal(["a.json", "victim.txt"], _folder.Names);
    }

    [Fact]
    public void Dispose_HardLinkWithThePartialName_KeepsTheLinkedFile()
    {
        if (OperatingSystem.IsWindows())
            return;
        string victim = _folder.Write("victim.txt", "precious");
        Assert.Equal(0, Link(victim, _folder.File("a.csv.partial")));
        using (AtomicFileWriter file = AtomicFileWriter.Open(FileSystem.Real, _folder.File("a.csv")))
        {
            file.Truncate();
            file.Stream.Write(Text);
        }

        Assert.Equal("precious", File.ReadAllText(victim));
        Assert.Equal(["victim.txt"], _folder.Names);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_SymbolicLinkWithThePartialName_FailsAndTouchesNothing(bool isDangling)
    {
        if (OperatingSystem.IsWindows())
            return;
        if (!isDangling)
            _folder.Write("victim.txt", "precious");
        File.CreateSymbolicLink(_folder.File("a.csv.partial"), _folder.File("victim.txt"));

        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            AtomicFileWriter.Open(FileSystem.Real, _folder.File("a.csv"))
        );

        Assert.Equal(LinkedInErrorId.FileWriteFailed, error.Id);
        Assert.Contains("a.csv.partial is a link", error.Message, StringComparison.Ordinal);
        Assert.Equal(!isDangling, File.Exists(_folder.File("victim.txt")));
    }

    [Theory]
    [InlineData(FileMode.OpenOrCreate)]
    [InlineData(FileMode.Create)]
    public void Open_DanglingLink_FailsAndCreatesNoTarget(FileMode mode)
    {
        if (OperatingSystem.IsWindows())
            return;
        File.CreateSymbolicLink(_folder.File("a.lock"), _folder.File("elsewhere"));
        IOException error = Assert.Throws<IOException>(() =>
            FileSystem.Real.Open(_folder.File("a.lock"), mode, FileOpenFlags.None)
        );
        Assert.Contains("link to a file that does not exist", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("elsewhere")));
    }

    [Theory]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // Windows PowerShell has no modes.
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite)]
    public void Commit_FileThatExists_KeepsItsPermissions(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            return;
        string path = _folder.Write("a.csv", "old");
        File.SetUnixFileMode(path, mode);
        using (AtomicFileWriter file = AtomicFileWriter.Open(FileSystem.Real, path))
        {
            Assert.Equal(mode, File.GetUnixFileMode(path + ".partial"));
            file.Stream.Write(Text);
            file.Commit();
        }

        Assert.Equal(("new", mode), (File.ReadAllText(path), File.GetUnixFileMode(path)));
    }

    /// <summary>As on a network drive where all files have one owner.</summary>
    [Theory]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // Windows PowerShell has no modes.
    [InlineData(UnixFileMode.UserRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite, false)] // The mask removes it.
    public void Open_PermissionsCannotBeChanged_SucceedsIfTheNewFileHasThem(UnixFileMode mode, bool succeeds)
    {
        if (OperatingSystem.IsWindows())
            return;
        string path = _folder.Write("a.csv", "old");
        File.SetUnixFileMode(path, mode);
        var files = new FaultyFileSystem
        {
            Fails = (name, _) => name == "CopyPermissions",
            Failure = () => new UnauthorizedAccessException("Operation not permitted"),
        };
        if (succeeds)
        {
            AtomicFileWriter.WriteAllBytes(files, path, Text);
            Assert.Equal(("new", mode | UnixFileMode.UserWrite), (File.ReadAllText(path), File.GetUnixFileMode(path)));
        }
        else
        {
            Assert.Throws<LinkedInException>(() => AtomicFileWriter.WriteAllBytes(files, path, Text));
            Assert.Equal("old", File.ReadAllText(path));
        }

        Assert.Equal(["a.csv"], _folder.Names);
    }

    [Fact]
    public void Open_WhileAnotherHasIt_FailsAndKeepsIt()
    {
        using (AtomicFileWriter first = AtomicFileWriter.Open(FileSystem.Real, _folder.File("a.csv")))
        {
            first.Stream.Write(Text);
            Assert.Equal(
                LinkedInErrorId.FileWriteFailed,
                Assert.Throws<LinkedInException>(() => AtomicFileWriter.Open(FileSystem.Real, _folder.File("a.csv"))).Id
            );
            first.Commit();
        }

        Assert.Equal("new", File.ReadAllText(_folder.File("a.csv")));
    }

    [Fact]
    public void Open_LeftoverThatAnotherProcessHasOpen_FailsUntilItIsClosed()
    {
        if (OperatingSystem.IsWindows())
            return;
        _folder.Write("a.csv.partial", "left by a dead process");
        using var before = new FileStream(_folder.File("a.csv.partial"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Assert.Throws<LinkedInException>(() => AtomicFileWriter.Open(FileSystem.Real, _folder.File("a.csv")));
        before.Dispose();

        using AtomicFileWriter file = AtomicFileWriter.Open(FileSystem.Real, _folder.File("a.csv"));
        file.Stream.Write(Text);
        file.Commit();
        Assert.Equal(["a.csv"], _folder.Names);
    }

    [DllImport("libc", EntryPoint = "link", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Link(
        [MarshalAs(UnmanagedType.LPStr)] string existing,
        [MarshalAs(UnmanagedType.LPStr)] string name
    );
}
