using System.Text;
using CsvHelper;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Spreadsheets;

/// <summary>The CSV file to which records are appended.</summary>
/// <param name="Columns">The names of its columns.</param>
internal sealed record ExistingCsv(IReadOnlyList<string> Columns)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Copies the content of a file, so that the file itself is not changed until all records are written.</summary>
    /// <param name="target">The copy.</param>
    /// <param name="files">The file system.</param>
    /// <param name="options">The settings of the file.</param>
    /// <returns>The columns of the file, or null if it does not exist or is empty.</returns>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileReadFailed"/>, <see
    /// cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    internal static ExistingCsv? CopyTo(Stream target, FileSystem files, CsvFileOptions options)
    {
        using Stream? source = FileErrors.TranslateRead(options.Path, () => files.OpenRead(options.Path));
        string[]? columns = source is null ? null : FileErrors.TranslateRead(options.Path, () => ReadHeader(source, options));
        if (columns is null)
            return null;
        FileErrors.TranslateWrite(
            options.Path,
            () =>
            {
                source!.Position = 0;
                source.CopyTo(target);
                if (!EndsWithLineFeed(source))
                    target.Write("\r\n"u8.ToArray(), 0, 2);
            }
        );
        return new ExistingCsv(columns);
    }

    private static string[]? ReadHeader(Stream source, CsvFileOptions options)
    {
        using var text = new StreamReader(source, Utf8, detectEncodingFromByteOrderMarks: true, 64 * 1024, leaveOpen: true);
        using var csv = CsvReader.Create(text, new CsvReaderOptions { Separator = options.Delimiter, HasHeader = false });
        try
        {
            if (!csv.Read())
                return null;
        }
        catch (CsvFormatException exception)
        {
            throw new IOException($"its header is not valid CSV: {exception.Message}", exception);
        }

        return text.CurrentEncoding.CodePage == Utf8.CodePage
            ? [.. Enumerable.Range(0, csv.FieldCount).Select(index => csv.GetString(index))]
            : throw new IOException("it is not in UTF-8.");
    }

    private static bool EndsWithLineFeed(Stream source)
    {
        source.Seek(-1, SeekOrigin.End);
        return source.ReadByte() == '\n';
    }
}
