using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>Writes ledgers of records in sync, as <c>Sync-CandidateResume</c> does.</summary>
internal static class LedgerWriter
{
    internal const long CreatedAt = 1_770_000_000_000;

    internal const string Api = "127.0.0.1:9";
    internal const string Organization = "urn:li:organization:1234567890";

    /// <summary>The start of a script that uses a ledger. No request is sent.</summary>
    internal static string GetPrologue(string folder) =>
        $$"""
            {{Shell.ImportModule}}
            Connect-LinkedIn -AccessToken (ConvertTo-SecureString -String none -AsPlainText -Force) -BaseUri 'http://{{Api}}/v2/'
            $target = @{ Contract = 7001; IntegrationContext = 1234567890; LedgerPath = {{Shell.Quoted(folder)}} }

            """;

    /// <summary>Writes a ledger with the records C-1, C-2, …</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="count">The number of records.</param>
    /// <param name="getFile">Gets the hash and the stamp of the file of a record.</param>
    internal static void Write(string folder, int count, Func<int, (string Sha256, FileStamp? File)> getFile)
    {
        using var ledger = ResumeLedger.Open(FileSystem.Real, folder, Api, TimeProvider.System);
        ledger.BeginRun(count);
        for (int number = 1; number <= count; number++)
        {
            (string sha256, FileStamp? file) = getFile(number);
            var key = new ResumeKey(Organization, $"C-{number}", $"R-{number}");
            ledger.Append(
                LedgerEntry.ForRecord(LedgerEntryType.Synced, key) with
                {
                    Sha256 = sha256,
                    File = file,
                    ResumeFile = $"urn:li:ambryBlob:/AAYAAQDSAAgAAQAAAAAAAA{number:x16}.pdf",
                    UploadedAt = CreatedAt,
                    CreatedAt = CreatedAt,
                    Status = 204,
                }
            );
        }
    }
}
