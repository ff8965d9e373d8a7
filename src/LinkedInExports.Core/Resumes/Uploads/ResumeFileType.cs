namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>
/// Detects whether a file has one of the types that LinkedIn accepts (PDF, DOC, TXT). The name determines the expected type,
/// which is compared with the content.
/// </summary>
internal sealed class ResumeFileType
{
    /// <summary>PDF readers accept the signature anywhere within this number of bytes.</summary>
    private const int PdfSignatureRange = 1024;

    private static readonly byte[] PdfSignature = "%PDF-"u8.ToArray();
    private static readonly byte[] RtfSignature = @"{\rtf"u8.ToArray();
    private static readonly byte[] ZipSignature = "PK\x03\x04"u8.ToArray();
    private static readonly byte[] DocSignature = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private readonly DocumentType _type;
    private bool _hasInspectedStart;
    private bool _isUtf16;

    private ResumeFileType(DocumentType type, string? problem)
    {
        _type = type;
        Problem = problem;
    }

    private enum DocumentType
    {
        Pdf,
        Doc,
        Txt,
    }

    /// <summary>The reason why the file is not accepted, or null.</summary>
    internal string? Problem { get; private set; }

    internal string ContentType =>
        _type switch
        {
            DocumentType.Pdf => "application/pdf",
            DocumentType.Doc => "application/msword",
            _ => "text/plain",
        };

    /// <summary>Creates the type from the name of a file.</summary>
    internal static ResumeFileType Create(string path) =>
        Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PDF" => new(DocumentType.Pdf, null),
            ".DOC" => new(DocumentType.Doc, null),
            ".TXT" => new(DocumentType.Txt, null),
            ".DOCX" => new(DocumentType.Doc, "LinkedIn does not accept DOCX; save it as PDF or DOC (Word 97-2003)"),
            var other => new(
                DocumentType.Txt,
                $"LinkedIn accepts PDF, DOC and TXT, but its name ends in '{other.ToLowerInvariant()}'"
            ),
        };

    /// <summary>Inspects the next block of the content. The first block has at least 1 KB, or is the complete file.</summary>
    internal void Inspect(ReadOnlySpan<byte> block)
    {
        if (!_hasInspectedStart)
        {
            _hasInspectedStart = true;
            InspectStart(block);
        }

        // Binary formats contain zero bytes. Text does not, except for UTF-16, which has a byte order mark.
        if (_type == DocumentType.Txt && !_isUtf16 && Problem is null && block.IndexOf((byte)0) >= 0)
            Problem = "its name ends in .txt, but it is not text";
    }

    private void InspectStart(ReadOnlySpan<byte> start)
    {
        bool isPdf = start.Slice(0, Math.Min(start.Length, PdfSignatureRange)).IndexOf(PdfSignature) >= 0;
        bool isDoc = start.StartsWith(DocSignature);
        _isUtf16 = start.Length >= 2 && ((start[0] == 0xFF && start[1] == 0xFE) || (start[0] == 0xFE && start[1] == 0xFF));
        Problem = _type switch
        {
            DocumentType.Pdf when !isPdf => "its name ends in .pdf, but it is not a PDF",
            DocumentType.Doc when start.StartsWith(ZipSignature) =>
                "its name ends in .doc, but it is a DOCX, which LinkedIn does not accept; save it as PDF or DOC (Word 97-2003)",
            DocumentType.Doc when start.StartsWith(RtfSignature) =>
                "its name ends in .doc, but it is RTF; save it as PDF or DOC (Word 97-2003)",
            DocumentType.Doc when !isDoc => "its name ends in .doc, but it is not a Word document",
            DocumentType.Txt when start.StartsWith(PdfSignature) => "its name ends in .txt, but it is a PDF",
            DocumentType.Txt when isDoc => "its name ends in .txt, but it is a Word document",
            _ => null,
        };
    }
}
