using System.Globalization;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Reports.Sections;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Reports;

/// <summary>Summarizes any number of records of all export types, and keeps some of them for its tables.</summary>
public sealed class ExportReport
{
    private readonly ReportOptions _options;
    private readonly ChangedCompanySection _changedCompany;
    private readonly ActivitySection _activity;
    private readonly OutcomeSection _outcomes;
    private readonly SeatSection _seats;
    private readonly ResumeSyncSection _resumeSync;
    private readonly DifferenceSection _differences;
    private readonly List<string> _sources = [];
    private readonly List<string> _notices = [];
    private readonly DuplicateFilter _seenRecords = new();
    private readonly DuplicateFilter _seenActivities = new();

    /// <summary>Initializes an empty report.</summary>
    public ExportReport(ReportOptions options)
    {
        _options = options;
        Limits = new TableLimits(options.MaxTableRows);
        var names = new SeatNames();
        _changedCompany = new ChangedCompanySection(Limits.CreateTable(), options.OwnerColumn);
        _activity = new ActivitySection(Limits.CreateTable(), names);
        _outcomes = new OutcomeSection(Limits.CreateTable());
        _seats = new SeatSection(Limits.CreateTable(), names);
        _resumeSync = new ResumeSyncSection(Limits.CreateTable());
        _differences = new DifferenceSection(Limits.CreateTable(), new OwnerColumn(options.OwnerColumn));
    }

    /// <summary>The number of rows in all sections.</summary>
    public long RowCount => Sections.Sum(section => section.Rows);

    internal ReportOptions Options => _options;

    internal TableLimits Limits { get; }

    /// <summary>The sections that have rows, in the order of the page.</summary>
    internal IReadOnlyList<ReportSection> Sections =>
        [
            .. new ReportSection[] { _differences, _changedCompany, _activity, _outcomes, _seats, _resumeSync }.Where(section =>
                section.Rows > 0
            ),
        ];

    /// <summary>The names of the files that were read.</summary>
    internal IReadOnlyList<string> Sources => _sources;

    /// <summary>Notices about missing and duplicate rows, and about limits of the sections.</summary>
    internal IReadOnlyList<string> Notices =>
        [
            .. _notices,
            .. DescribeRepetitions(_seenRecords, "CRM records"),
            .. DescribeRepetitions(_seenActivities, "activities"),
            .. Sections.SelectMany(section => section.GetNotices()),
        ];

    /// <summary>Adds a record that <see cref="ExportFileReader"/> returned.</summary>
    /// <returns>False if the object is not a record.</returns>
    public bool TryAdd(object record)
    {
        switch (record)
        {
            case CrmValidationRecord validation:
                Add(validation);
                return true;
            case SalesActivityRecord activity:
                Add(activity);
                return true;
            case ActivityOutcomeRecord outcome:
                _outcomes.Add(outcome);
                return true;
            case SeatRecord seat:
                _seats.Add(seat);
                return true;
            case ResumeSyncResult result:
                _resumeSync.Add(SyncRow.Create(result));
                return true;
            case ExportDifference difference:
                _differences.Add(difference);
                return true;
            case SyncRow sync:
                _resumeSync.Add(sync);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Adds an object with the properties of a record.</summary>
    /// <exception cref="LinkedInException">
    /// The object does not have the properties of a record (<see cref="LinkedInErrorId.UnknownExportType"/>).
    /// </exception>
    public void Add(IReportRow row)
    {
        if (RecordParser.IsDifference(row))
            _differences.Add(row);
        else
            TryAdd(RecordParser.Parse(row));
    }

    /// <summary>Adds all records of an export file. If it cannot be read to its end, the report contains a notice.</summary>
    /// <exception cref="LinkedInException">
    /// The file cannot be read to its end. The records before the error were added.
    /// </exception>
    public void AddFile(string path, ImportOptions options, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(path);
        var skipped = new SkippedRows(diagnostics);
        _sources.Add(name);
        try
        {
            foreach (object record in ExportFileReader.Read(path, options, skipped, cancellationToken))
                TryAdd(record);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var failure = LinkedInException.FromUnexpected($"read {path}", exception);
            // The page may be shared with people who should not see the folder.
            _notices.Add($"Not all of {name} is in this report. {failure.Message.Replace(path, name)}");
            throw failure;
        }
        finally
        {
            if (skipped.Count > 0)
                _notices.Add($"{skipped.Count} rows of {name} could not be read and are not in this report.");
        }
    }

    /// <summary>Adds the results in the ledger of a resume sync.</summary>
    /// <exception cref="LinkedInException">The ledger does not exist or cannot be read.</exception>
    public void AddLedger(string folder, CancellationToken cancellationToken)
    {
        _sources.Add(Path.GetFileName(folder));
        foreach (ResumeSyncResult result in CandidateResumeClient.ReadResults(folder, cancellationToken))
            TryAdd(result);
    }

    /// <summary>Writes the page atomically.</summary>
    /// <param name="path">The path of the HTML file.</param>
    /// <exception cref="LinkedInException">The file cannot be written.</exception>
    public void Save(string path) => ReportHtmlWriter.Save(this, path);

    private void Add(CrmValidationRecord record)
    {
        // The times of a record may be those of the export and can differ, so only id and type identify it.
        if (record.CrmId is null || _seenRecords.IsNew(record.CrmId, record.CrmRecordType))
            _changedCompany.Add(record);
    }

    private void Add(SalesActivityRecord activity)
    {
        if (activity.ActivityId is null || _seenActivities.IsNew(activity.ActivityId))
            _activity.Add(activity);
    }

    private static IEnumerable<string> DescribeRepetitions(DuplicateFilter seen, string noun)
    {
        if (seen.RepeatedCount > 0)
        {
            yield return string.Format(
                CultureInfo.InvariantCulture,
                "{0:N0} duplicates of {1} are not counted.",
                seen.RepeatedCount,
                noun
            );
        }

        if (seen.IsFull)
            yield return $"There are too many {noun} to detect every duplicate, so some may be counted more than once.";
    }

    /// <summary>Counts the rows that could not be read.</summary>
    private sealed class SkippedRows(IDiagnostics diagnostics) : IDiagnostics
    {
        internal long Count { get; private set; }

        public void Error(LinkedInException error)
        {
            Count++;
            diagnostics.Error(error);
        }

        public void Warning(SanitizedText text) => diagnostics.Warning(text);

        public bool IncludesDetails => diagnostics.IncludesDetails;

        public void Verbose(SanitizedText text) => diagnostics.Verbose(text);

        public void Debug(SanitizedText text) => diagnostics.Debug(text);

        public void Progress(ProgressUpdate update) => diagnostics.Progress(update);
    }
}
