using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>A disk on which single steps fail.</summary>
internal sealed class FaultyFileSystem : FileSystem
{
    private readonly Dictionary<string, int> _count = [];

    /// <summary>
    /// Whether a step fails: its name (Open, Write, FlushToDisk, FlushDirectory, Move, Delete, CopyPermissions, or Read and the
    /// name of the file) and its number among those of that name, from 1.
    /// </summary>
    internal Func<string, int, bool> Fails { get; set; } = (_, _) => false;

    /// <summary>The exception of a failure.</summary>
    internal Func<Exception> Failure { get; init; } = () => new IOException("No space left on device");

    internal override Stream Open(string path, FileMode mode, FileOpenFlags use, string? replaced = null)
    {
        Step("Open");
        return new FaultyStream(this, Path.GetFileName(path), base.Open(path, mode, use, replaced));
    }

    internal override void FlushToDisk(Stream stream)
    {
        Step("FlushToDisk");
        base.FlushToDisk(((FaultyStream)stream).Real);
    }

    internal override void FlushDirectory(string path)
    {
        Step("FlushDirectory");
        base.FlushDirectory(path);
    }

    internal override void Move(string from, string to)
    {
        Step("Move");
        base.Move(from, to);
    }

    internal override void Delete(string path)
    {
        Step("Delete");
        base.Delete(path);
    }

    internal override void CopyPermissions(string replaced, string path)
    {
        Step("CopyPermissions");
        base.CopyPermissions(replaced, path);
    }

    private void Step(string operation)
    {
        int number;
        lock (_count)
            number = _count[operation] = _count.GetValueOrDefault(operation) + 1;
        if (Fails(operation, number))
            throw Failure();
    }

    private sealed class FaultyStream(FaultyFileSystem files, string name, Stream real) : WriteInterceptingStream(real)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            files.Step($"Read {name}");
            return base.Read(buffer, offset, count);
        }

        protected override void Before(string operation, int bytes) => files.Step(operation);
    }
}
