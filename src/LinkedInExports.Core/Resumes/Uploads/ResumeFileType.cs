namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>
/// Whether a file is one of the three types that LinkedIn takes (PDF, DOC, TXT). The name says which one it should be, the
/// content whether it is.
/// </summary>
internal sealed class ResumeFileType
{
    /// <summary>Readers of PDF accept its mark anywhere in here.</summary>
    private const int PdfMarkWithin = 1024;

    private static readonly byte[] PdfMark = "%PDF-"u8.ToArray();
    private static readonly byte[] RtfMark = @"{\rtf"u8.ToArray();
    private static readonly byte[] ZipMark = "PK\x03\x04"u8.ToArray();
    private static readonly byte[] DocMark = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private readonly Kind _kind;
    private bool _hasLooked;
    private bool _isUtf16;

    private ResumeFileType(Kind kind, string? problem)
    {
        _kind = kind;
        Problem = problem;
    }

    private enum Kind
    {
        Pdf,
        Doc,
        Txt,
    }

    /// <summary>What is wrong, as far as is known; null for nothing.</summary>
    internal string? Problem { get; private set; }

    internal string ContentType => _kind switch
    {
        Kind.Pdf => "application/pdf",
        Kind.Doc => "application/msword",
        _ => "text/plain",
    };

    /// <summary>What the name says.</summary>
    internal static ResumeFileType Of(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".PDF" => new(Kind.Pdf, null),
        ".DOC" => new(Kind.Doc, null),
        ".TXT" => new(Kind.Txt, null),
        ".DOCX" => new(Kind.Doc, "LinkedIn takes no DOCX; save it as PDF or as DOC (Word 97-2003)"),
        var other => new(Kind.Txt, $"LinkedIn takes PDF, DOC and TXT, and its name ends in '{other.ToLowerInvariant()}'"),
    };

    /// <summary>Looks at the content, piece by piece from the beginning; the first piece has at least 1 KB, or is all there is.</summary>
    internal void Look(ReadOnlySpan<byte> piece)
    {
        if (!_hasLooked)
        {
            _hasLooked = true;
            LookAtStart(piece);
        }

        // Bytes of zero are in every binary format and in no text, unless it is UTF-16, which says so at its start.
        if (_kind == Kind.Txt && !_isUtf16 && Problem is null && piece.IndexOf((byte)0) >= 0)
            Problem = "its name ends in .txt, and it is not text";
    }

    private void LookAtStart(ReadOnlySpan<byte> start)
    {
        bool isPdf = start.Slice(0, Math.Min(start.Length, PdfMarkWithin)).IndexOf(PdfMark) >= 0;
        bool isDoc = start.StartsWith(DocMark);
        _isUtf16 = start.Length >= 2 && ((start[0] == 0xFF && start[1] == 0xFE) || (start[0] == 0xFE && start[1] == 0xFF));
        Problem = _kind switch
        {
            Kind.Pdf when !isPdf => "its name ends in .pdf, and it is not a PDF",
            Kind.Doc when start.StartsWith(ZipMark) => "its name ends in .doc, and it is a DOCX, which LinkedIn does not take; save it as PDF or as DOC (Word 97-2003)",
            Kind.Doc when start.StartsWith(RtfMark) => "its name ends in .doc, and it is RTF; save it as PDF or as DOC (Word 97-2003)",
            Kind.Doc when !isDoc => "its name ends in .doc, and it is not a Word document",
            Kind.Txt when start.StartsWith(PdfMark) => "its name ends in .txt, and it is a PDF",
            Kind.Txt when isDoc => "its name ends in .txt, and it is a Word document",
            _ => null,
        };
    }
}
