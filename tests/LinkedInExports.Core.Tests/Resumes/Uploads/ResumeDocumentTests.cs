using System.Text;
using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes.Uploads;

/// <summary>Files are inspected before a request is sent.</summary>
public sealed class ResumeDocumentTests : IDisposable
{
    private static readonly byte[] Doc = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0, 0];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, byte[], string> SupportedFiles =>
        new()
        {
            { "a.pdf", "%PDF-1.4\n"u8.ToArray(), "application/pdf" },
            { "a.PDF", [.. new byte[1019], .. "%PDF-"u8], "application/pdf" }, // The mark is within the first 1024 bytes.
            { "a.doc", Doc, "application/msword" },
            { "A.Doc", Doc, "application/msword" },
            { "a.txt", "plain"u8.ToArray(), "text/plain" },
            { "a.txt", [0xEF, 0xBB, 0xBF, (byte)'a'], "text/plain" },
            { "a.txt", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("UTF-16")], "text/plain" },
            {
                "a.txt",
                [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes("UTF-16")],
                "text/plain"
            },
            { "a.txt", [0xE4, 0xF6, 0xFC], "text/plain" }, // Windows-1252
            { "a.txt", @"{\rtf1 is text as well}"u8.ToArray(), "text/plain" },
            { "a.b.c.txt", " "u8.ToArray(), "text/plain" },
        };

    [Theory]
    [MemberData(nameof(SupportedFiles))]
    public void Open_SupportedFile_ReturnsContentType(string name, byte[] content, string type)
    {
        using ResumeDocument document = ResumeDocument.Open(Write(name, content), CancellationToken.None);
        Assert.Equal((type, content.Length), (document.ContentType, (int)document.Length));
        Assert.Equal(TestHash.Sha256(content), document.Sha256);
    }

    public static TheoryData<string, byte[], string> UnsupportedFiles =>
        new()
        {
            { "a.txt", [], "it is empty" },
            { "a.pdf", [], "it is empty" },
            { "a.docx", "PK\x03\x04"u8.ToArray(), "LinkedIn does not accept DOCX; save it as PDF or DOC" },
            { "a.doc", "PK\x03\x04"u8.ToArray(), "it is a DOCX, which LinkedIn does not accept" },
            { "a.doc", @"{\rtf1}"u8.ToArray(), "it is RTF; save it as" },
            { "a.rtf", @"{\rtf1}"u8.ToArray(), "its name ends in '.rtf'" },
            { "a.odt", "PK\x03\x04"u8.ToArray(), "its name ends in '.odt'" },
            { "a", "plain"u8.ToArray(), "its name ends in ''" },
            { "a.doc", "%PDF-1.4"u8.ToArray(), "it is not a Word document" },
            { "a.doc", "plain"u8.ToArray(), "it is not a Word document" },
            { "a.pdf", Doc, "it is not a PDF" },
            { "a.pdf", "plain"u8.ToArray(), "it is not a PDF" },
            { "a.pdf", [.. new byte[1020], .. "%PDF-1.4"u8], "it is not a PDF" }, // The mark ends at byte 1025.
            { "a.pdf", [.. new byte[1023], .. "%PDF-1.4"u8], "it is not a PDF" },
            { "a.txt", "%PDF-1.4"u8.ToArray(), "it is a PDF" },
            { "a.txt", Doc, "it is a Word document" },
            { "a.txt", [0x7F, (byte)'E', (byte)'L', (byte)'F', 0], "it is not text" },
            { "a.txt", [.. Enumerable.Repeat((byte)'x', 200_000), 0], "it is not text" },
            { "a.txt", Encoding.Unicode.GetBytes("UTF-16 that does not say so"), "it is not text" },
        };

    [Theory]
    [MemberData(nameof(UnsupportedFiles))]
    public void Open_UnsupportedFile_ThrowsWithReason(string name, byte[] content, string rule)
    {
        string path = Write(name, content);
        LinkedInException error = Assert.Throws<LinkedInException>(() => ResumeDocument.Open(path, CancellationToken.None));
        Assert.Equal((LinkedInErrorId.UnsupportedResumeFile, path), (error.Id, error.Target));
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
        File.Delete(path); // The file is closed.
    }

    [Fact]
    public void Open_FileOver10MB_ThrowsResumeTooLarge()
    {
        string path = Write("a.pdf", "%PDF-1.4"u8.ToArray());
        SetLength(path, 10 * 1024 * 1024);
        ResumeDocument.Open(path, CancellationToken.None).Dispose();
        SetLength(path, (10 * 1024 * 1024) + 1);
        LinkedInException error = Assert.Throws<LinkedInException>(() => ResumeDocument.Open(path, CancellationToken.None));
        Assert.Equal(LinkedInErrorId.ResumeTooLarge, error.Id);
        Assert.Contains("10485761 bytes, and LinkedIn accepts at most 10485760 (10 MB)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MissingOrLockedFile_Throws()
    {
        Assert.Equal(LinkedInErrorId.InvalidPath, IdOf(_folder.File("nowhere.pdf")));
        Assert.Equal(LinkedInErrorId.InvalidPath, IdOf(_folder.Path));
        string path = Write("a.txt", "a"u8.ToArray());
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Equal(LinkedInErrorId.FileReadFailed, IdOf(path));
    }

    [Fact]
    public void Open_Canceled_Throws() =>
        Assert.Throws<OperationCanceledException>(() =>
            ResumeDocument.Open(Write("a.txt", "a"u8.ToArray()), new CancellationToken(canceled: true))
        );

    private static LinkedInErrorId IdOf(string path) =>
        Assert.Throws<LinkedInException>(() => ResumeDocument.Open(path, CancellationToken.None)).Id;

    private static void SetLength(string path, long length)
    {
        using var stream = new FileStream(path, FileMode.Open);
        stream.SetLength(length);
    }

    private string Write(string name, byte[] content)
    {
        string path = _folder.File(name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
