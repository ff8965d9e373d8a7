using System.Text;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>
/// Stores the input of a run on the disk. The input must be complete before the first request, because the last of several
/// records with the same key is used.
/// </summary>
internal sealed class InputStore : IDisposable
{
    /// <summary>The number for keys without a valid record.</summary>
    private const int NoValidRecord = -1;

    private readonly Dictionary<KeyHash, int> _newest = [];
    private readonly string _path;
    private readonly string _integrationContext;
    private readonly Stream _stream;
    private readonly BufferedStream _buffered;
    private readonly BinaryWriter _writer;

    /// <param name="files">The file system.</param>
    /// <param name="path">The path of the file.</param>
    /// <param name="integrationContext">The organization of all records.</param>
    internal InputStore(FileSystem files, string path, string integrationContext)
    {
        _path = path;
        _integrationContext = integrationContext;
        _stream = FileErrors.TranslateWrite(
            path,
            () =>
                files.Open(path, FileMode.Create, FileOpenFlags.OwnerOnly | FileOpenFlags.ReadWrite | FileOpenFlags.DeleteOnClose)
        );
        _buffered = new BufferedStream(_stream, 64 * 1024);
        _writer = new BinaryWriter(_buffered, Encoding.UTF8);
    }

    /// <summary>The number of records.</summary>
    internal int Count { get; private set; }

    /// <summary>The number of records with invalid ids, which do not identify a record.</summary>
    internal int WithoutIds { get; private set; }

    /// <summary>Whether the input has a record with this key, which may be invalid.</summary>
    internal bool Contains(ResumeKey key) => _newest.ContainsKey(KeyHash.Compute(key));

    internal void Add(ResumeInput input) =>
        FileErrors.TranslateWrite(
            _path,
            () =>
            {
                _writer.Write(input.CandidateId ?? "");
                _writer.Write(input.ResumeId ?? "");
                _writer.Write(input.CreatedAtMilliseconds);
                _writer.Write(input.Path ?? "");
                _writer.Write(input.ResumeFile ?? "");
                _writer.Write(input.ValidationError?.Text ?? "");
                _writer.Write((int)(input.ValidationError?.Id ?? default));
                var key = KeyHash.Compute(input.GetKey(_integrationContext));
                _writer.Write(key.High);
                _writer.Write(key.Low);
                if (input.ValidationError is null)
                    _newest[key] = Count;
                else if (!input.HasValidIds)
                    WithoutIds++;
                else if (!_newest.ContainsKey(key))
                    _newest[key] = NoValidRecord;
                Count++;
            }
        );

    /// <summary>
    /// Reads all records in their order. Records that failed before come after all others, the oldest failure first, so that
    /// repeatedly failing records cannot block the others.
    /// </summary>
    /// <param name="getLastFailureOffset">Gets a value that orders the records by their last failure; null for a record without
    /// one.</param>
    internal IEnumerable<StoredResume> Read(Func<KeyHash, long?> getLastFailureOffset)
    {
        FileErrors.TranslateWrite(_path, _writer.Flush);
        var reader = new BinaryReader(_buffered, Encoding.UTF8);
        var failed = new List<(long At, long Position)>();
        _buffered.Position = 0;
        for (int number = 0; number < Count; number++)
        {
            long position = _buffered.Position;
            (ResumeInput input, KeyHash key) = ReadNext(reader);
            bool isValid = input.ValidationError is null;
            bool isNewest = !isValid || _newest[key] == number;
            if (isNewest && isValid && getLastFailureOffset(key) is { } at)
                failed.Add((at, position));
            else
                yield return new StoredResume(input, key, isNewest);
        }

        failed.Sort();
        foreach ((_, long position) in failed)
        {
            _buffered.Position = position;
            (ResumeInput input, KeyHash key) = ReadNext(reader);
            yield return new StoredResume(input, key, IsNewest: true);
        }
    }

    public void Dispose() => _stream.Dispose();

    private (ResumeInput Input, KeyHash Key) ReadNext(BinaryReader reader) =>
        FileErrors.TranslateRead(
            _path,
            () =>
                (
                    new ResumeInput
                    {
                        CandidateId = reader.ReadString(),
                        ResumeId = reader.ReadString(),
                        CreatedAtMilliseconds = reader.ReadInt64(),
                        Path = ReadText(reader),
                        ResumeFile = ReadText(reader),
                        ValidationError = ReadReason(reader),
                    },
                    new KeyHash(reader.ReadUInt64(), reader.ReadUInt64())
                )
        );

    private static SyncReason? ReadReason(BinaryReader reader)
    {
        string text = reader.ReadString();
        var id = (ResumeSyncReason)reader.ReadInt32();
        return text.Length == 0 ? null : new SyncReason(id, text);
    }

    private static string? ReadText(BinaryReader reader) => reader.ReadString() is { Length: > 0 } text ? text : null;
}
