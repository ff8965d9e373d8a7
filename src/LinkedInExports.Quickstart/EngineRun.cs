using LinkedInExports.Core;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Threading;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using LinkedInExports.Text;

namespace LinkedInExports.Quickstart;

/// <summary>Creates, waits for, saves and reads an export with the engine alone, without PowerShell.</summary>
internal static class EngineRun
{
    private const string CrmInstance = "urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)";

    internal static async Task RunAsync(LinkedInEmulator emulator, string destination, string recordsPath)
    {
        var console = new ConsoleDiagnostics();
        using var client = new LinkedInClient(
            new LinkedInClientOptions { BaseUri = emulator.BaseUri, AccessToken = new StaticTokenSource(emulator.AccessToken) }
        );

        CrmValidationExportJob job = await client.CrmValidation.CreateAsync(
            CrmInstanceUrn.Parse(CrmInstance),
            DateTimeOffset.UtcNow.AddDays(-30),
            console,
            CancellationToken.None
        );
        Console.WriteLine($"\nCreated {job}.");

        IAsyncEnumerable<ExportJob> completed = client
            .CreateWaiter(new WaitOptions())
            .WaitAsync(new ExportJob[] { job }.AsAsyncEnumerable(), console, CancellationToken.None);
        IAsyncEnumerable<SavedExportFile> files = client
            .CreateSaver(new SaveOptions { Destination = destination })
            .SaveAsync(completed, console, CancellationToken.None);

        using var records = new StreamWriter(recordsPath);
        int shown = 0;
        await foreach (SavedExportFile file in files)
        {
            Console.WriteLine(
                $"\n{Path.GetFileName(file.Path)}: {file.RowCount} rows, {file.Length} bytes, part {file.Part} of "
                    + $"{file.PartCount}"
            );
            foreach (
                CrmValidationRecord record in ExportFileReader
                    .Read(file.Path, new ImportOptions(), console, CancellationToken.None)
                    .Cast<CrmValidationRecord>()
            )
            {
                await records.WriteLineAsync(
                    $"{record.CrmId},{record.CrmRecordType},{record.ExpiredAt?.ToUnixTimeMilliseconds()},{record.CreatedAt?.ToUnixTimeMilliseconds()}"
                );
                if (shown++ < 5)
                {
                    Console.WriteLine(
                        $"  {record.CrmId, -38} {record.CrmRecordType, -8} {record.ExpiredAt:u} {record.CreatedAt:u}"
                    );
                }
            }
        }
    }

    private sealed class ConsoleDiagnostics : IDiagnostics
    {
        public bool IncludesDetails => true;

        public void Error(LinkedInException error) => throw new QuickstartException(error.Message);

        public void Warning(SanitizedText text) => Console.WriteLine(text.ToString());

        public void Verbose(SanitizedText text) => Console.WriteLine($"  {text}");

        public void Debug(SanitizedText text) { }

        public void Progress(ProgressUpdate update) { }
    }
}
