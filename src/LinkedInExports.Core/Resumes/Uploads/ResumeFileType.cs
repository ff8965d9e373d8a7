namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>
/// Whether a file is one of the three types that LinkedIn takes (PDF, DOC, TXT). The name says which one it should be, the
/// content whether it is.
/// </summary>
internal sealed class ResumeFileType
{
    /// <summary>Readers of PDF accept its mark anywhere in here.</summary>
    private const int PdfSignatureRange = 1024;

    private static readonly byte[] PdfSignature = "%PDF-"u8.ToArray();
    private static readonly byte[] RtfSignature = @"{\rtf"u8.ToArray();
    private static readonly byte[] ZipSignature = "PK\x03\x04"u8.ToArray();
    private static readonly byte[] DocSignature = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private readonly DocumentType _type;
    private bool _hasInspectedStart;
    private bool _isUtf16;

    private ResumeFileType(DocumentType kind, string? problem)
    {
        _type = kind;
        Problem = problem;
    }

    private enum DocumentType
    {
        Pdf,
        Doc,
        Txt,
    }

    /// <summary>What is wrong, as far as is known; null for nothing.</summary>
    internal string? Problem { get; private set; }

    internal string ContentType =>
        _type switch
        {
            DocumentType.Pdf => "application/pdf",
            DocumentType.Doc => "application/msword",
            _ => "text/plain",
        };

    /// <summary>What the name says.</summary>
    internal static ResumeFileType Create(string path) =>
        Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PDF" => new(DocumentType.Pdf, null),
            ".DOC" => new(DocumentType.Doc, null),
            ".TXT" => new(DocumentType.Txt, null),
            ".DOCX" => new(DocumentType.Doc, "LinkedIn takes no DOCX; save it as PDF or as DOC (Word 97-2003)"),
            var other => new(
                DocumentType.Txt,
                $"LinkedIn takes PDF, DOC and TXT, and its name ends in '{other.ToLowerInvariant()}'"
            ),
        };

    /// <summary>
    /// Looks at the content, piece by piece from the beginning; the first piece has at least 1 KB, or is all there is.
    /// </summary>
    internal void Inspect(ReadOnlySpan<byte> piece)
    {
        if (!_hasInspectedStart)
        {
            _hasInspectedStart = true;
            InspectStart(piece);
        }

        // Binary formats contain zero bytes. Text does not, except for UTF-16, which has a byte order mark.
        if (_type == DocumentType.Txt && !_isUtf16 && Problem is null && piece.IndexOf((byte)0) >= 0)
            Problem = "its name ends in .txt, and it is not text";
    }

    private void InspectStart(ReadOnlySpan<byte> start)
    {
        bool isPdf = start.Slice(0, Math.Min(start.Length, PdfSignatureRange)).IndexOf(PdfSignature) >= 0;
        bool isDoc = start.StartsWith(DocSignature);
        _isUtf16 = start.Length >= 2 && ((start[0] == 0xFF && start[1] == 0xFE) || (start[0] == 0xFE && start[1] == 0xFF));
        Problem = _type switch
        {
            DocumentType.Pdf when !isPdf => "its name ends in .pdf, and it is not a PDF",
            DocumentType.Doc when start.StartsWith(ZipSignature) =>
                "its name ends in .doc, and it is a DOCX, which LinkedIn does not take; save it as PDF or as DOC (Word 97-2003)",
            DocumentType.Doc when start.StartsWith(RtfSignature) =>
                "its name ends in .doc, and it is RTF; save it as PDF or as DOC (Word 97-2003)",
            DocumentType.Doc when !isDoc => "its name ends in .doc, and it is not a Word document",
            DocumentType.Txt when start.StartsWith(PdfSignature) => "its name ends in .txt, and it is a PDF",
            DocumentType.Txt when isDoc => "its name ends in .txt, and it is a Word document",
            _ => null,
        };
    }
}
