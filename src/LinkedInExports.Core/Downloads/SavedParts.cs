using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Downloads;

/// <summary>The saved parts of a job: compares them with each other and with the job. Not thread-safe.</summary>
internal sealed class SavedParts(SaveContext run, ExportJob job)
{
    private readonly HashSet<string> _hashes = new(StringComparer.Ordinal);
    private readonly List<string> _duplicates = [];
    private string[]? _columns;
    private int _unrecognized;
    private long _rows;
    private int _headers;

    /// <summary>The number of saved parts.</summary>
    internal int Count { get; private set; }

    /// <summary>
    /// Compares a part with the parts before it, reports deviations, and adds the part to the totals of the job.
    /// </summary>
    /// <returns>The manifest, with a difference to the parts before it.</returns>
    internal ExportManifest Add(ExportManifest manifest, string path, bool isKept)
    {
        string name = Path.GetFileName(path);
        _columns ??= manifest.Columns;
        if (!ExportSchema.HaveSameColumns(_columns, manifest.Columns))
        {
            manifest = AddDifference(
                manifest,
                path,
                $"its columns ({ExportSchema.DescribeHeader(manifest.Columns)}) differ from those of the parts before it "
                    + $"({ExportSchema.DescribeHeader(_columns)})"
            );
        }

        if (manifest.RowCount > 0 && !_hashes.Add(manifest.Sha256))
        {
            _duplicates.Add(name);
            manifest = AddDifference(manifest, path, $"it has the same content as another part");
        }

        if (!manifest.IsRecognized)
        {
            _unrecognized++;
            string hint = isKept ? " It is the file of an earlier run; -Force downloads it again." : "";
            run.Diagnostics.Warning($"{name} is saved, but differs from LinkedIn's documentation: {manifest.Difference}.{hint}");
        }

        WarnOfDeviations(manifest);
        Count++;
        _rows += manifest.RowCount;
        _headers += manifest.HasHeader ? 1 : 0;
        return manifest;
    }

    /// <summary>Writes a difference into the manifest, unless it already has it.</summary>
    private ExportManifest AddDifference(ExportManifest manifest, string path, SanitizedText difference)
    {
        string text = difference.ToString();
        if (manifest.Difference?.Contains(text) == true)
            return manifest;
        ExportManifest changed = manifest with
        {
            IsRecognized = false,
            Difference = PartContent.JoinDifferences(manifest.Difference, text),
        };
        changed.SaveFor(run.Services.FileSystem, path);
        return changed;
    }

    /// <summary>Warns of deviations that LinkedIn's documentation allows or does not define.</summary>
    private void WarnOfDeviations(ExportManifest manifest)
    {
        if (!manifest.IsRecognized)
            return;
        if (manifest.PartCount == 1 && manifest.HasHeader && manifest.AnnouncedRowCount == manifest.RowCount + 1)
            WarnHeaderCounted();
        string[] missing =
        [
            .. ExportSchema
                .GetColumns(manifest.ExportType)
                .Where(column =>
                    ExportSchema.IsOptional(column)
                    && manifest.Columns.Length > 0
                    && ExportSchema.IndexOf(manifest.Columns, column) < 0
                ),
        ];
        if (missing.Length > 0)
        {
            run.WarnOnce(
                $"optional {manifest.ExportType}",
                $"The files of type {manifest.ExportType} lack the optional column {string.Join(", ", missing)} (job "
                    + $"{manifest.JobId})."
            );
        }
    }

    /// <summary>
    /// Compares the saved parts with the job: whether they are recognized or accepted, and have the announced number of rows.
    /// </summary>
    internal bool IsComplete()
    {
        bool hasDuplicates = ReportDuplicates();
        bool lacksRows = ReportRowCount();
        if (run.Options.AcceptUnrecognized || (_unrecognized == 0 && !hasDuplicates && !lacksRows))
            return true;
        if (_unrecognized > 0 && run.Services.Observer is not null)
        {
            run.Diagnostics.Warning(
                $"The checkpoint does not count {job} as saved, because its files differ from LinkedIn's documentation. "
                    + "To download them again, specify -Force; to accept them, specify -AcceptUnrecognized."
            );
        }

        return false;
    }

    private bool ReportDuplicates()
    {
        if (_duplicates.Count == 0)
            return false;
        string others = _duplicates.Count > 1 ? $" (and {_duplicates.Count - 1} more)" : "";
        ReportMismatch($"{_duplicates[0]}{others} has the same content as another part. LinkedIn may have returned a link twice");
        return true;
    }

    /// <remarks>The announced number is the total of all parts.</remarks>
    private bool ReportRowCount()
    {
        if (Count <= 1 || job.AnnouncedRowCount is not { } announced || _rows == announced)
            return false;
        if (ExportManifest.MatchesAnnounced(_rows, _headers, announced))
        {
            WarnHeaderCounted();
            return false;
        }

        ReportMismatch($"its {Count} files have {_rows} rows, and LinkedIn announced {announced}");
        return true;
    }

    /// <summary>Reports that rows may be missing. An error, because nothing else shows that the job does not count.</summary>
    private void ReportMismatch(SanitizedText problem)
    {
        SanitizedText message = $"The files of {job} may lack rows: {problem}.";
        if (run.Options.AcceptUnrecognized)
        {
            run.Diagnostics.Warning(message);
            return;
        }

        run.Diagnostics.Error(
            new LinkedInException(LinkedInErrorId.PartsMismatch, message) { Target = SaveContext.FormatId(job) }
        );
    }

    private void WarnHeaderCounted() =>
        run.WarnOnce("header", $"LinkedIn's row count includes the header row (job {job.JobId}). This is accepted.");
}
