using System.Net;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Time;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Downloads;

/// <summary>
/// Downloads one part of an export into its partial file and checks that it is complete. A download that breaks off is
/// continued if the server can do that, and starts over if not; a rejected link is replaced.
/// </summary>
internal sealed class PartDownload(SaveContext run, DownloadUrlSet links, ExportJob job, int part, string path)
{
    /// <summary>Times in milliseconds have at least thirteen digits since 2001, two years before LinkedIn began.</summary>
    private const int MinTimestampDigits = 13;

    private readonly string _name = Path.GetFileName(path);

    /// <summary>A server that could not continue once will not do so the next time.</summary>
    private bool _canResume = true;

    /// <summary>Downloads into the file.</summary>
    /// <param name="file">Receives the bytes.</param>
    /// <param name="progress">Receives the number of bytes.</param>
    /// <exception cref="LinkedInException">The download is incomplete or is an error document.</exception>
    internal Task<DownloadedPart> RunAsync(AtomicFileWriter file, SaveProgress.Download progress)
    {
        return WithUrlRefreshAsync(Fetch);

        Task<DownloadedPart> Fetch(Uri link)
        {
            LinkedInRequest request = CreateRequest(link);
            return run.Services.Pipeline.SendAsync(
                request,
                (response, token) =>
                {
                    run.AreLinksRejected = false;
                    return ReceiveAsync(response, request, file, progress, token);
                },
                run.Diagnostics,
                run.Token
            );
        }
    }

    private Task<HttpResponseMessage> ResumeAsync(ResumePoint continuation) =>
        WithUrlRefreshAsync(link =>
            run.Services.Pipeline.OpenAsync(CreateRequest(link, continuation), run.Diagnostics, run.Token)
        );

    /// <summary>
    /// Uses the link, and requests new ones while they are rejected. For some time, LinkedIn may return the old link again or
    /// none.
    /// </summary>
    private async Task<T> WithUrlRefreshAsync<T>(Func<Uri, Task<T>> use)
    {
        LinkPollSchedule? wait = null;
        while (true)
        {
            (Uri link, int version) = links.Get(part);
            try
            {
                return await use(link).ConfigureAwait(false);
            }
            catch (LinkedInException refused) when (refused.StatusCode is 401 or 403 or 404 or 410)
            {
                // A rejected link has expired, which says nothing about the token. The request for new links tests the token.
                if (wait is null)
                {
                    wait = new LinkPollSchedule(run.Services.Time, run.Services.Retry);
                }
                else if (
                    run.AreLinksRejected
                    || wait.GetNextDelay() is not { } pause
                    || !await TryPauseAsync(pause).ConfigureAwait(false)
                )
                {
                    run.AreLinksRejected = true;
                    throw CreateRejectedError(refused, wait.Elapsed);
                }

                await RefreshUrlsAsync(version).ConfigureAwait(false);
            }
        }
    }

    private async Task RefreshUrlsAsync(int version)
    {
        try
        {
            await links.RefreshAsync(version, run.Token).ConfigureAwait(false);
        }
        catch (LinkedInException outage) when (outage.IsTransient)
        {
            run.Diagnostics.Verbose($"{outage.Message} The link to {_name} is tried again.");
        }
    }

    private async Task<bool> TryPauseAsync(TimeSpan pause)
    {
        run.Diagnostics.Verbose($"The new link to {_name} is rejected as well; trying again in {pause.TotalSeconds:0} s.");
        try
        {
            await run.Services.Time.DelayAsync(pause, run.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (run.IsTimedOut)
        {
            return false;
        }
    }

    private LinkedInRequest CreateRequest(Uri link, ResumePoint? continuation = null) =>
        new()
        {
            Description = $"download {_name}",
            Method = HttpMethod.Get,
            RequestUri = VerbatimUri.Create(link.OriginalString),
            IsSignedUrl = true,
            ResumePoint = continuation,
            Target = path,
        };

    private async Task<DownloadedPart> ReceiveAsync(
        HttpResponseMessage response,
        LinkedInRequest request,
        AtomicFileWriter file,
        SaveProgress.Download progress,
        CancellationToken cancellationToken
    )
    {
        // A part of the file, or no content, is a success of another kind.
        if (response.StatusCode != HttpStatusCode.OK)
            throw CreateIncompleteError($"the server answered {(int)response.StatusCode}");

        file.Truncate();
        var source = new DownloadSource
        {
            Request = request,
            Path = path,
            CanResume = _canResume,
            Resume = ResumeAsync,
            Time = run.Services.Time,
            IdleTimeout = run.Services.Retry.IdleTimeout,
            Output = run.Diagnostics,
        };
        using ResumableDownload body = await ResumableDownload
            .OpenAsync(response, source, cancellationToken)
            .ConfigureAwait(false);
        progress.Start(body.DecodedLength);
        try
        {
            return await DownloadStream
                .ReceiveAsync(
                    body,
                    file,
                    path,
                    progress.AddReceived,
                    async arriving =>
                        Validate(await CsvProfile.ReadAsync(arriving, cancellationToken).ConfigureAwait(false), arriving, body),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (CsvHelper.CsvFormatException)
        {
            throw CreateInvalidFileError(path, $"a row of it is longer than {CsvDialect.MaxRowBytes / 1024 / 1024} MB");
        }
        finally
        {
            _canResume &= !body.IsResumeUnsupported;
        }
    }

    /// <summary>What came, if it is complete and a table.</summary>
    private DownloadedPart Validate(CsvProfile shape, DownloadStream arriving, ResumableDownload body)
    {
        if (body.Length is { } announced && announced != body.BytesReceived)
            throw CreateIncompleteError($"{body.BytesReceived} of {announced} bytes came");

        // An error document has the status of a success and the form of anything.
        if (ErrorDocument.Detect(shape.FirstRow) is { } type)
            throw CreateInvalidFileError(path, $"it is {type}");

        // Where nothing marks the end of the body, only the end of a row can.
        if (!arriving.EndsWithLineBreak && (!shape.IsLastRowComplete || !body.HasExplicitEnd))
            throw CreateIncompleteError("the last row breaks off");
        if (shape.FirstRow.Length == 0 && job.AnnouncedRowCount != 0)
            throw CreateIncompleteError("it is empty, and even an export without rows has a header");
        if (!arriving.EndsWithLineBreak && DescribeTruncation(shape) is { } what)
            throw CreateIncompleteError($"{what} breaks off");
        return new DownloadedPart(
            arriving.BytesRead,
            arriving.Sha256(),
            shape,
            body.HasExplicitEnd && shape.IsLastRowComplete && arriving.EndsWithLineBreak
        );
    }

    /// <summary>What seems to be cut in a file whose last row has no line break; null for nothing.</summary>
    private string? DescribeTruncation(CsvProfile shape)
    {
        if ((job.ExportType ?? ExportSchema.DetectExportType(shape.FirstRow)) is not { } exportType)
            return null;

        IReadOnlyList<string> documented = ExportSchema.GetColumns(exportType);
        bool hasHeader = ExportSchema.HasAnyDocumentedColumn(shape.FirstRow, exportType);
        if (hasHeader && shape.RowCount == 1 && documented.Any(column => ExportSchema.IndexOf(shape.FirstRow, column) < 0))
            return "the header";

        IReadOnlyList<string> columns = hasHeader ? shape.FirstRow : documented;
        bool hasRows = shape.RowCount > (hasHeader ? 1 : 0);
        return
            exportType == ExportType.CrmValidation
            && hasRows
            && columns.Count == shape.FirstRow.Length
            && ExportSchema.IsTimestamp(columns[columns.Count - 1])
            && shape.LastValueLength < MinTimestampDigits
            ? "the last time"
            : null;
    }

    private LinkedInException CreateIncompleteError(SanitizedText how) =>
        new(LinkedInErrorId.DownloadIncomplete, $"The download of {_name} is incomplete: {how}.")
        {
            IsTransient = true,
            Target = path,
        };

    /// <summary>The error of a body that is not an export.</summary>
    internal static LinkedInException CreateInvalidFileError(string path, SanitizedText why) =>
        new(LinkedInErrorId.InvalidExportFile, $"{Path.GetFileName(path)} is not an export file: {why}.") { Target = path };

    private LinkedInException CreateRejectedError(LinkedInException refused, TimeSpan elapsed)
    {
        int seconds = (int)elapsed.TotalSeconds;
        return links.IsEmpty
            ? new(
                LinkedInErrorId.ExportLinksMissing,
                $"The link to {_name} was rejected, and {job} has given no other link within {seconds} s. {refused.Message}",
                refused
            )
            {
                TraceId = refused.TraceId,
                Target = path,
            }
            : new(
                LinkedInErrorId.DownloadRejected,
                $"The link to {_name} was refused, and so were fresh ones for {seconds} s. {refused.Message}",
                refused
            )
            {
                StatusCode = refused.StatusCode,
                TraceId = refused.TraceId,
                Target = path,
            };
    }
}
