using System.Runtime.CompilerServices;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.DataReaders;

/// <summary>An open part, which is hashed while it is read and verified at its end.</summary>
internal sealed class PartFile : IDisposable
{
    private readonly ExportPart _part;
    private readonly HashingStream _content;
    private readonly ManifestComparer? _comparer;
    private readonly IReadOnlyList<string>? _comparedHeader;

    private PartFile(
        ExportPart part,
        HashingStream content,
        ExportFileHandle? handle,
        ManifestComparer? comparer,
        IReadOnlyList<string>? comparedHeader
    )
    {
        _part = part;
        _content = content;
        _comparer = comparer;
        _comparedHeader = comparedHeader;
        Handle = handle;
    }

    /// <summary>The file with the current row, or null for an empty file.</summary>
    internal ExportFileHandle? Handle { get; }

    /// <summary>Opens a part.</summary>
    /// <exception cref="LinkedInException">The file cannot be read, or has changed since its header was read.</exception>
    internal static PartFile Open(
        ExportPart part,
        DataReaderOptions options,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        FileStream file = ExportInput.Open(part.Path, cancellationToken);
        var content = new HashingStream(file);
        PartFile? opened = null;
        try
        {
            ManifestComparer? comparer = options.SkipsVerification ? null : new ManifestComparer(part.Path, part.Manifest!);
            comparer?.EnsureLength(FileErrors.TranslateRead(part.Path, () => file.Length));
            ExportFileHandle? handle = ExportFileHandle.TryReadHeader(
                new ExportFileInput(part.Path, file, content, part.Manifest),
                options.Import,
                diagnostics
            );
            if (!HasSameHeader(handle?.Errors.Header, part.Header))
                throw ManifestComparer.CreateModifiedError(part.Path, "its header has changed since it was opened");

            // The manifest has the names as UTF-8 with the detected delimiter. With other options, they can differ.
            bool canCompareHeader = options.Import is { Encoding: null, Delimiter: null };
            return opened = new PartFile(part, content, handle, comparer, canCompareHeader ? part.Header : null);
        }
        finally
        {
            if (opened is null)
                content.Dispose();
        }
    }

    /// <summary>Reads the next row that has a value for each column, or verifies the file at its end.</summary>
    /// <exception cref="LinkedInException">The file has changed since it was saved.</exception>
    [MethodImpl(JitOptions.Optimized)]
    internal bool ReadRow(CancellationToken cancellationToken)
    {
        if (Handle?.ReadRow(cancellationToken) == true)
            return true;
        if (_comparer is not null)
        {
            FileErrors.TranslateRead(_part.Path, _content.ReadToEnd);
            _comparer.EnsureContent(_content.Sha256(), Handle?.Errors.Row ?? 0, _comparedHeader);
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Handle?.Dispose();
        _content.Dispose();
    }

    private static bool HasSameHeader(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null || other is null ? one == other : one.SequenceEqual(other);
}
