using System.Globalization;
using LinkedInExports.Core;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Reports;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.HostTests;

/// <summary>Exports and resumes against the emulator, with the engine that Windows PowerShell runs.</summary>
internal sealed class Workflow(Checks checks, string folder, Uri baseUri, string token) : IDisposable
{
    private static readonly CrmInstanceUrn CrmInstance = CrmInstanceUrn.Parse(
        "urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)"
    );

    private readonly LinkedInClient _client = new(
        new LinkedInClientOptions { BaseUri = baseUri, AccessToken = new StaticTokenSource(token) }
    );

    private List<ExportJob> _jobs = [];
    private List<SavedExportFile> _files = [];

    public void Dispose() => _client.Dispose();

    internal void Run()
    {
        foreach (string culture in new[] { "en-US", "tr-TR", "de-DE" })
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            string destination = Path.Combine(folder, culture);
            checks.Run($"creates a job with a checkpoint ({culture})", () => _jobs = CreateJobs(destination));
            checks.Run($"waits for the job ({culture})", () => _jobs = Wait());
            checks.Run($"saves its files ({culture})", () => Save(destination, force: false));
            checks.Run($"replaces its files ({culture})", () => Save(destination, force: true));
            checks.Run($"verifies its files ({culture})", Verify);
            checks.Run($"reads its records ({culture})", () => Checks.AreEqual(300, Read().Count));
            checks.Run($"creates a report ({culture})", () => CreateReport(destination));
            checks.Run($"synchronizes resumes ({culture})", () => Sync(destination, ResumeSyncOutcome.Synced));
            checks.Run($"sends resumes once ({culture})", () => Sync(destination, ResumeSyncOutcome.Unchanged));
        }
    }

    private List<ExportJob> CreateJobs(string destination)
    {
        Directory.CreateDirectory(destination);
        using CheckpointLease checkpoint = _client.OpenCheckpoint(Path.Combine(destination, "crm.json"), this);
        IncrementalExportService exports = _client.CreateIncrementalExports(checkpoint);
        var start = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return
        [
            .. ToList(
                exports.ContinueCrmValidationAsync(
                    CrmInstance,
                    start,
                    TimeSpan.FromDays(1),
                    false,
                    NullDiagnostics.Instance,
                    CancellationToken.None
                )
            ),
        ];
    }

    private List<ExportJob> Wait()
    {
        ExportWaiter waiter = _client.CreateWaiter(new WaitOptions { PollInterval = TimeSpan.FromMilliseconds(100) });
        return ToList(waiter.WaitAsync(ToInput(_jobs), NullDiagnostics.Instance, CancellationToken.None));
    }

    private void Save(string destination, bool force)
    {
        using CheckpointLease checkpoint = _client.OpenCheckpoint(Path.Combine(destination, "crm.json"), this);
        ExportSaver saver = _client.CreateSaver(new SaveOptions { Destination = destination, Force = force });
        _files = ToList(saver.SaveAsync(ToInput(_jobs), NullDiagnostics.Instance, CancellationToken.None));
        Checks.AreEqual(3, _files.Count);
    }

    private void Verify()
    {
        foreach (SavedExportFile file in _files)
        {
            Task.Run(() => ExportFileVerifier.RunAsync(file.Path, NullDiagnostics.Instance, CancellationToken.None))
                .GetAwaiter()
                .GetResult();
        }
    }

    private List<object> Read() =>
        [
            .. _files.SelectMany(file =>
                ExportFileReader.Read(file.Path, new ImportOptions(), NullDiagnostics.Instance, CancellationToken.None)
            ),
        ];

    private void CreateReport(string destination)
    {
        string path = Path.Combine(destination, "report.html");
        var report = new ExportReport(new ReportOptions { Title = "Report" });
        foreach (SavedExportFile file in _files)
            report.AddFile(file.Path, new ImportOptions(), NullDiagnostics.Instance, CancellationToken.None);
        report.Save(path);
        report.Save(path);
        Checks.AreEqual(300, report.RowCount);
    }

    private void Sync(string destination, ResumeSyncOutcome expected)
    {
        string culture = Path.GetFileName(destination);
        string path = Path.Combine(destination, "resume.txt");
        if (!File.Exists(path))
            File.WriteAllText(path, "experience");
        using ResumeSync sync = _client.CandidateResumes.CreateSync(
            new ResumeSyncOptions
            {
                IntegrationContext = OrganizationUrn.Parse("urn:li:organization:1234567890"),
                Contract = RecruiterContractUrn.Parse("urn:li:contract:7001"),
                LedgerPath = Path.Combine(destination, "ledger"),
            }
        );
        sync.Add(
            new ResumeInput
            {
                CandidateId = $"C-{culture}",
                ResumeId = $"R-{culture}",
                CreatedAt = "2025-01-01",
                Path = path,
            }
        );
        ResumeSyncResult result = ToList(sync.SyncAsync(NullDiagnostics.Instance, CancellationToken.None)).Single();
        Checks.AreEqual(expected, result.Outcome);
    }

    private static IAsyncEnumerable<ExportJob> ToInput(List<ExportJob> jobs)
    {
        var input = new InputBuffer<ExportJob>();
        foreach (ExportJob job in jobs)
            input.Add(job);
        input.CompleteAdding();
        return input.ReadAllAsync();
    }

    private static List<T> ToList<T>(IAsyncEnumerable<T> source) =>
        Task.Run(async () =>
            {
                var list = new List<T>();
                await foreach (T item in source.ConfigureAwait(false))
                    list.Add(item);
                return list;
            })
            .GetAwaiter()
            .GetResult();
}
