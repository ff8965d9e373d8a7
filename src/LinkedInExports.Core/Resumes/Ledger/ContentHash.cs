using System.Buffers.Binary;
using System.Text;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// Identifies the state in which a record was synced: its creation time and the stamp of its file. With it, an unchanged record
/// is recognized without reading its entry. A truncated SHA-256, whose collisions are negligible; 0 if the state is unknown.
/// </summary>
internal readonly record struct ContentHash(ulong Value)
{
    /// <summary>Whether the state is known.</summary>
    internal bool IsKnown => Value != 0;

    /// <summary>Computes the hash of a record in sync.</summary>
    /// <param name="createdAt">The creation time of the record, in milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="file">The stamp of its file; null if the file has to be read.</param>
    internal static ContentHash Compute(long createdAt, FileStamp? file)
    {
        if (file is null)
            return default;
        var bytes = new byte[(3 * sizeof(long)) + FileStamp.PathHashDigits];
        BinaryPrimitives.WriteInt64BigEndian(bytes, createdAt);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(sizeof(long)), file.Length);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2 * sizeof(long)), file.ModifiedAt);
        int length = Math.Min(file.PathHash.Length, FileStamp.PathHashDigits);
        Encoding.ASCII.GetBytes(file.PathHash, 0, length, bytes, 3 * sizeof(long));
        return new(BinaryPrimitives.ReadUInt64BigEndian(Sha256Hash.Compute(bytes)));
    }

    /// <summary>Gets the hash of an entry, which is known only if its record is in sync.</summary>
    internal static ContentHash Get(LedgerEntry entry) =>
        entry is { IsInSync: true, CreatedAt: { } createdAt, Sha256: not null } ? Compute(createdAt, entry.File) : default;
}
