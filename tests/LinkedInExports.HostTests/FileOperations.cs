using System.Text;
using LinkedInExports.Core.IO;

namespace LinkedInExports.HostTests;

/// <summary>The operations of the engine on files, on the disk of the host.</summary>
internal static class FileOperations
{
    private static readonly byte[] First = Encoding.UTF8.GetBytes("first");
    private static readonly byte[] Second = Encoding.UTF8.GetBytes("second");

    internal static void Run(Checks checks, string folder)
    {
        string path = Path.Combine(folder, "a.json");
        checks.Run("writes a new file", () => Write(path, First));
        checks.Run("replaces a file", () => Write(path, Second));
        checks.Run("replaces a file that a reader closes in time", () => ReplaceWhileOpen(path, TimeSpan.FromMilliseconds(300)));
        checks.Run(
            "fails to replace a file that stays open, or replaces it, as the system allows",
            () => ReplaceOpenFile(Path.Combine(folder, "open.json"))
        );
        checks.Run("leaves no partial file", () => Checks.AreEqual(0, Directory.GetFiles(folder, "*.partial").Length));
        checks.Run("removes the partial file of a crash", () => ReplaceLeftover(Path.Combine(folder, "b.json")));
        checks.Run("excludes a second writer", () => WriteTwice(Path.Combine(folder, "c.json")));
        checks.Run("excludes a second owner of a lock", () => Lock(Path.Combine(folder, "d.lock")));
        if (Path.DirectorySeparatorChar == '\\')
            checks.Run("creates files and folders of their owner", () => CreatePrivate(Path.Combine(folder, "private")));
        checks.Run("reads a temporary file without a name", () => UseScratchFile(folder));
    }

    private static void Write(string path, byte[] content)
    {
        AtomicFileWriter.WriteAllBytes(FileSystem.Real, path, content);
        Checks.AreEqual(Encoding.UTF8.GetString(content), File.ReadAllText(path));
    }

    private static void ReplaceWhileOpen(string path, TimeSpan duration)
    {
        using var reader = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var closing = Task.Run(async () =>
        {
            await Task.Delay(duration);
            reader.Dispose();
        });
        Write(path, First);
        closing.Wait();
    }

    private static void ReplaceOpenFile(string path)
    {
        Write(path, First);
        using (new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            if (Path.DirectorySeparatorChar == '\\')
            {
                LinkedInException error = Checks.Throws<LinkedInException>(() => Write(path, Second));
                Checks.AreEqual(LinkedInErrorId.FileWriteFailed, error.Id);
            }
            else
            {
                AtomicFileWriter.WriteAllBytes(FileSystem.Real, path, Second);
            }
        }

        Write(path, Second);
    }

    private static void ReplaceLeftover(string path)
    {
        File.WriteAllText(path + ".partial", "left by a process that ended");
        Write(path, First);
    }

    private static void WriteTwice(string path)
    {
        using AtomicFileWriter writer = AtomicFileWriter.Open(FileSystem.Real, path);
        Checks.Throws<LinkedInException>(() => AtomicFileWriter.Open(FileSystem.Real, path));
        writer.Stream.Write(First, 0, First.Length);
        writer.Commit();
    }

    private static void Lock(string path)
    {
        const FileOpenFlags use = FileOpenFlags.ReadWrite | FileOpenFlags.OwnerOnly;
        using (FileSystem.Real.Open(path, FileMode.OpenOrCreate, use))
        {
            IOException error = Checks.Throws<IOException>(() => FileSystem.Real.Open(path, FileMode.OpenOrCreate, use));
            Checks.AreEqual(true, FileErrors.IsInUse(error));
        }

        FileSystem.Real.Open(path, FileMode.OpenOrCreate, use).Dispose();
    }

    private static void CreatePrivate(string path)
    {
        FileSystem.Real.CreatePrivateDirectory(path);
        string file = Path.Combine(path, "e.json");
        AtomicFileWriter.WriteAllBytes(FileSystem.Real, file, First, FileOpenFlags.OwnerOnly);
        Checks.AreEqual(false, WindowsPermissions.IncludeOthers(path));
        Checks.AreEqual(false, WindowsPermissions.IncludeOthers(file));
        // The check can see the access of others.
        Checks.AreEqual(true, WindowsPermissions.IncludeOthers(Path.GetPathRoot(Environment.SystemDirectory)!));
        Checks.AreEqual("first", File.ReadAllText(file));
    }

    private static void UseScratchFile(string folder)
    {
        byte[] read = new byte[Second.Length];
        using (ScratchFile scratch = ScratchFile.Create(FileSystem.Real, folder))
        {
            scratch.Append(Second, 0, Second.Length);
            Checks.AreEqual(Second.Length, scratch.Read(0, read, 0, read.Length));
        }

        Checks.AreEqual("second", Encoding.UTF8.GetString(read));
        Checks.AreEqual(0, Directory.GetFiles(folder, "*.tmp").Length);
    }
}
