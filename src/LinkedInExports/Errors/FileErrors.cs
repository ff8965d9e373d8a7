using System.Management.Automation;
using Entry = LinkedInExports.Errors.ErrorCatalog.Entry;

namespace LinkedInExports.Errors;

/// <summary>Downloads and export files.</summary>
internal static class FileErrors
{
    internal static IReadOnlyDictionary<LinkedInErrorId, Entry> Entries { get; } =
        new Dictionary<LinkedInErrorId, Entry>
        {
            [LinkedInErrorId.SaveTimedOut] = new(
                ErrorCategory.OperationTimeout,
                "The time of -StopAfter ended before a file was saved completely. No partial file remains.",
                "Run Save-ExportFile again, with a longer -StopAfter or without it. Files that are already saved are kept."
            ),
            [LinkedInErrorId.DownloadIncomplete] = new(
                ErrorCategory.ReadError,
                "A download ended before the file was complete, also when it was repeated. No partial file remains.",
                "Run Save-ExportFile again. Files that are already saved are kept."
            ),
            [LinkedInErrorId.DownloadStalled] = new(
                ErrorCategory.OperationTimeout,
                "A download stopped sending data, also when it was repeated. No partial file remains.",
                "Run Save-ExportFile again. Files that are already saved are kept."
            ),
            [LinkedInErrorId.DownloadRejected] = new(
                ErrorCategory.PermissionDenied,
                "LinkedIn rejected a download link and a new link for the same file.",
                "Check that the token belongs to the application that created the job."
            ),
            [LinkedInErrorId.InvalidExportFile] = new(
                ErrorCategory.InvalidData,
                "The response is a web page, JSON, plain text or binary data instead of a table. It may be an error "
                    + "page of a proxy. Nothing was saved.",
                "Check the proxy. Without a proxy, try again later and report the message."
            ),
            [LinkedInErrorId.ReportWithoutInput] = new(
                ErrorCategory.ObjectNotFound,
                "No file, ledger or record of the input could be read, so the report was not written. An existing report is "
                    + "unchanged.",
                "Check the input and its errors. To write a report without records, specify -AllowEmpty."
            ),
            [LinkedInErrorId.FileExists] = new(
                ErrorCategory.ResourceExists,
                "A file with this name exists. It differs from the file to be written, or -NoClobber protects it. It "
                    + "was not changed.",
                "Move the file or choose another folder or name. To replace it, use Save-ExportFile -Force, or "
                    + "New-ExportReport, Export-LinkedInCsv and Save-LinkedInIncident without -NoClobber."
            ),
            [LinkedInErrorId.ExportFileModified] = new(
                ErrorCategory.InvalidData,
                "The length, hash, rows or columns of the file differ from its manifest.",
                "Restore a backup, or run Save-ExportFile -Force within one week of the job."
            ),
            [LinkedInErrorId.ManifestMissing] = new(
                ErrorCategory.ObjectNotFound,
                "The file has no manifest that this version of the module can read, so it can't be verified.",
                "Move the file together with its .manifest.json. Only files that Save-ExportFile saved can be verified. "
                    + "Import-ExportFile -AsDataReader -SkipVerification reads other files."
            ),
            [LinkedInErrorId.PartsMismatch] = new(
                ErrorCategory.InvalidData,
                "The files aren't exactly the parts of their jobs: a part is missing, was specified twice or has the content of "
                    + "another one, or the parts have another number of rows than LinkedIn announced.",
                "For a data reader, specify all files of each job once, or -SkipVerification. After Save-ExportFile, download "
                    + "the files again with -Force, or accept them with -AcceptUnrecognized."
            ),
            [LinkedInErrorId.FileWriteFailed] = new(
                ErrorCategory.WriteError,
                "A file couldn't be written. No partial file remains.",
                "Check the folder, the free space, the permissions, and whether another process uses the file."
            ),
            [LinkedInErrorId.FileReadFailed] = new(
                ErrorCategory.ReadError,
                "A file couldn't be read.",
                "Check the permissions, and whether another process uses the file."
            ),
            [LinkedInErrorId.InvalidPath] = new(
                ErrorCategory.ObjectNotFound,
                "The path doesn't exist or isn't in the file system.",
                "Check the path. If a name contains [ or ], use -LiteralPath where the cmdlet has it."
            ),
            [LinkedInErrorId.UnknownExportType] = new(
                ErrorCategory.InvalidData,
                "The columns of the file, or the properties of the object, don't match a known export type.",
                "Specify -ExportType, and -Delimiter or -Encoding if the header isn't read correctly. Objects need the "
                    + "properties of the records from Import-ExportFile."
            ),
            [LinkedInErrorId.ConvertedFile] = new(
                ErrorCategory.InvalidData,
                "The file has the columns of records and no manifest, and its times aren't in LinkedIn's format. "
                    + "Export-LinkedInCsv, Export-Csv or a runbook wrote it.",
                "Read it with Import-Csv, or specify the files that Save-ExportFile saved. With -ExportType, it is read as an "
                    + "export."
            ),
            [LinkedInErrorId.MissingColumn] = new(
                ErrorCategory.InvalidData,
                "The file lacks a documented column, and either -Strict was specified, all documented columns are "
                    + "missing, or the column is a key.",
                "Check -ExportType and -Delimiter. Without -Strict, the property of a missing column is null."
            ),
            [LinkedInErrorId.DuplicateColumn] = new(
                ErrorCategory.InvalidData,
                "The file has two columns with the same name.",
                "Rename one of them in a copy of the file, and use the copy."
            ),
            [LinkedInErrorId.ColumnMismatch] = new(
                ErrorCategory.InvalidData,
                "A record has other properties than the columns of the file, which are those of the first record. The file was "
                    + "not changed.",
                "Select the same properties for all records with Select-Object, or write one file for each type. With -Force, "
                    + "additional properties are omitted, and missing ones are empty."
            ),
            [LinkedInErrorId.MalformedRow] = new(
                ErrorCategory.ParserError,
                "A row of the file can't be read. The records before it were output.",
                "If the file isn't UTF-8, specify -Encoding, for example windows-1252. Otherwise, save the export "
                    + "again, or skip these rows with -MalformedRow Skip."
            ),
            [LinkedInErrorId.ExportTypeMismatch] = new(
                ErrorCategory.InvalidArgument,
                "The files that are compared, or read by one data reader, have different export types. Nothing was read.",
                "Specify files of one export type. If a type isn't detected correctly, specify -ExportType for all files."
            ),
        };
}
