using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Downloads;

/// <summary>Saves one part of a job: keeps a file that is valid, or downloads it.</summary>
internal sealed class PartSaver(SaveContext run, ExportJob job, int part, DownloadUrlSet links, SharedHeader header)
{
    private readonly string _name = ExportFileName.Create(job, part, links.Count);

    /// <summary>The path of the file.</summary>
    internal string FilePath => Path.Combine(run.Options.Destination, _name);

    /// <summary>Whether the file of an earlier run was kept.</summary>
    internal bool IsKept { get; private set; }

    /// <returns>The manifest of the file, which is on the disk.</returns>
    /// <exception cref="LinkedInException">The part cannot be saved.</exception>
    internal Task<ExportManifest> RunAsync() =>
        TraceSpan.RunAsync(
            "save part",
            async span =>
            {
                span.With(job).With(TelemetryAttribute.Part, part).With(TelemetryAttribute.PartCount, links.Count);
                ExportManifest manifest = await SaveAsync().ConfigureAwait(false);
                span.With(TelemetryAttribute.FileIsKept, IsKept)
                    .With(TelemetryAttribute.FileLength, manifest.Length)
                    .With(TelemetryAttribute.FileRows, manifest.RowCount);
                ModuleMetrics.AddRows(IsKept ? 0 : manifest.RowCount, ExportJobAttributes.GetExportType(job));
                return manifest;
            }
        );

    private async Task<ExportManifest> SaveAsync()
    {
        PartIdentity identity = CreateIdentity();
        if (await TryReuseExistingAsync(identity).ConfigureAwait(false) is { } kept)
            return kept;

        using AtomicFileWriter file = AtomicFileWriter.Open(run.Services.FileSystem, FilePath);

        // Checked again under the lock, because another process may have completed the file in the meantime.
        if (await TryReuseExistingAsync(identity).ConfigureAwait(false) is { } savedByOthers)
            return savedByOthers;

        var download = new PartDownload(run, links, job, part, FilePath);
        DownloadedPart downloaded = await run.SendAsync(
                $"download {_name}",
                FilePath,
                () => download.RunAsync(file, run.Progress.BeginDownload())
            )
            .ConfigureAwait(false);
        return await TraceSpan.RunAsync("verify part", _ => CompleteAsync(file, downloaded, identity)).ConfigureAwait(false);
    }

    /// <summary>Verifies the content of a downloaded file, and gives it its final name.</summary>
    private async Task<ExportManifest> CompleteAsync(AtomicFileWriter file, DownloadedPart downloaded, PartIdentity identity)
    {
        PartContent content = await IdentifyContentAsync(downloaded).ConfigureAwait(false);
        var manifest = new ExportManifest
        {
            Format = ExportManifest.CurrentFormat,
            ExportType = content.ExportType,
            JobId = identity.JobId,
            Api = identity.Api,
            Owner = identity.Owner,
            StartAt = identity.StartAt,
            EndAt = identity.EndAt,
            Part = identity.Part,
            PartCount = identity.PartCount,
            Length = downloaded.Length,
            RowCount = content.Rows,
            Sha256 = downloaded.Sha256,
            Columns = content.Columns,
            HasHeader = content.HasHeader,
            IsRecognized = content.Difference is null,
            Difference = content.Difference,
            AnnouncedRowCount = identity.AnnouncedRowCount,
        };

        // The manifest first: after a crash between the two, the next run downloads the file. In the other order it would find
        // a file without a manifest. An existing file (-Force), which would not match the manifest, is removed before that.
        file.Flush();
        using AtomicFileWriter manifestFile = manifest.WriteFor(run.Services.FileSystem, FilePath);
        bool isReplacement = File.Exists(FilePath);
        try
        {
            file.RemoveExisting();
            manifestFile.Commit();
        }
        catch (LinkedInException) when (isReplacement && !File.Exists(FilePath))
        {
            // The only copy. If its manifest is that of the removed file, the next run detects that.
            file.Commit();
            throw;
        }

        file.Commit();
        return manifest;
    }

    private PartIdentity CreateIdentity() =>
        new()
        {
            Api = run.Services.Api,
            Owner = job.Owner,
            JobId = job.JobId,
            StartAt = job.PeriodStartAt?.ToUnixTimeMilliseconds(),
            EndAt = job.PeriodEndAt?.ToUnixTimeMilliseconds(),
            Part = part,
            PartCount = links.Count,
            AnnouncedRowCount = job.AnnouncedRowCount,
        };

    /// <returns>The manifest of the existing file if it is this part, or null.</returns>
    /// <exception cref="LinkedInException">Another file or a folder has the name of the file.</exception>
    private async Task<ExportManifest?> TryReuseExistingAsync(PartIdentity expected)
    {
        if (Directory.Exists(FilePath))
            throw CreateFileExistsError("is a folder");
        if (run.Options.Force || !File.Exists(FilePath))
            return null;

        ExportManifest? manifest = ExportManifest.TryLoadFor(FilePath, out bool isDamaged);
        if (manifest?.Matches(expected) != true)
        {
            throw CreateFileExistsError(
                isDamaged ? "exists, and its manifest is damaged or was edited"
                : manifest is not null && manifest.JobId == job.JobId && manifest.Owner != expected.Owner
                    ? $"exists and belongs to {manifest.Owner}; save jobs of different owners to different folders"
                : "exists, and its manifest is missing or belongs to another export"
            );
        }

        if (!manifest.HasMatchingRowCount(expected))
        {
            throw CreateFileExistsError(
                $"exists and has {manifest.RowCount} rows, and LinkedIn now announces {expected.AnnouncedRowCount}"
            );
        }

        // Hashing a large file takes time, so it does not run on the thread that starts the other parts.
        bool isUnchanged = await TraceSpan
            .RunAsync("verify part", _ => Task.Run(() => manifest.HashMatches(FilePath, run.Token), run.Token))
            .ConfigureAwait(false);
        if (!isUnchanged)
            throw CreateFileExistsError("exists, but was changed after it was saved");

        run.Diagnostics.Verbose(
            manifest.HasChecksum
                ? $"{FilePath} exists and is valid; skipping."
                : $"{FilePath} exists and is valid; skipping. Its manifest has no checksum of itself."
        );
        IsKept = true;
        if (part == 1)
        {
            header.Set(
                new PartContent(manifest.ExportType, manifest.HasHeader, manifest.Columns, manifest.RowCount, manifest.Difference)
            );
        }

        return manifest;
    }

    private LinkedInException CreateFileExistsError(string reason) =>
        new(LinkedInErrorId.FileExists, $"{FilePath} {reason}. The file was not changed. Use -Force to overwrite it.")
        {
            Target = FilePath,
        };

    private async Task<PartContent> IdentifyContentAsync(DownloadedPart downloaded)
    {
        // A part with a known header does not have to wait for the first one.
        string[] row = downloaded.Profile.FirstRow;
        bool isKnown =
            row.Length == 0
            || (PartContent.GetExportType(job, row) is { } type && ExportSchema.HasAnyDocumentedColumn(row, type));
        PartContent? first = part == 1 || isKnown ? null : await header.First.ConfigureAwait(false);
        if (part > 1 && !isKnown && first is null)
        {
            throw new LinkedInException(
                LinkedInErrorId.DownloadIncomplete,
                $"{_name} has no documented header, and the first part, which shows its columns, could not be saved."
            )
            {
                Target = FilePath,
            };
        }

        PartContent content =
            PartContent.TryCreate(job, links.Count, downloaded, first)
            ?? throw PartDownload.CreateInvalidFileError(FilePath, "it is plain text");
        if (content.HasHeader && content.Columns.Any(Sanitizer.HasCredentialOrLink))
        {
            // The manifest contains the column names.
            throw PartDownload.CreateInvalidFileError(FilePath, "the names of its columns contain a secret or a link");
        }
        if (part == 1)
            header.Set(content);
        return content;
    }
}
