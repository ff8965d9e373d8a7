using System.Net;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Time;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Downloads;

/// <summary>
/// Downloads one part of an export into its partial file and checks that it is complete. An interrupted download is resumed if
/// the server supports that, and otherwise restarted. A rejected link is replaced.
/// </summary>
internal sealed class PartDownload(SaveContext run, DownloadUrlSet links, ExportJob job, int part, string path)
{
    /// <summary>Times in milliseconds have at least thirteen digits since 2001, two years before LinkedIn began.</summary>
    private const int MinTimestampDigits = 13;

    private readonly string _name = Path.GetFileName(path);

    /// <summary>Whether to resume the download; false after the server could not resume it once.</summary>
    private bool _canResume = true;

    /// <summary>Downloads into the file.</summary>
    /// <param name="file">The file that receives the bytes.</param>
    /// <param name="progress">The progress of the download.</param>
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

    private Task<HttpResponseMessage> ResumeAsync(ResumePoint resumePoint) =>
        WithUrlRefreshAsync(link =>
            run.Services.Pipeline.OpenAsync(CreateRequest(link, resumePoint), run.Diagnostics, run.Token)
        );

    /// <summary>
    /// Uses the link to the part, and requests new links while it is rejected. For some time, LinkedIn may return the old link
    /// again or none.
    /// </summary>
    private async Task<T> WithUrlRefreshAsync<T>(Func<Uri, Task<T>> use)
    {
        LinkPollSchedule? schedule = null;
        while (true)
        {
            (Uri link, int version) = links.Get(part);
            try
            {
                return await use(link).ConfigureAwait(false);
            }
            catch (LinkedInException rejection) when (HttpStatus.IsLinkRejected(rejection.StatusCode))
            {
                // A rejected link has expired, but the token may be valid. The request for new links tests the token.
                if (schedule is null)
                {
                    schedule = new LinkPollSchedule(run.Services.Time, run.Services.Retry);
                }
                else if (
                    run.AreLinksRejected
                    || schedule.GetNextDelay() is not { } delay
                    || !await TryPauseAsync(delay).ConfigureAwait(false)
                )
                {
                    run.AreLinksRejected = true;
                    throw CreateRejectedError(rejection, schedule.Elapsed);
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

    private async Task<bool> TryPauseAsync(TimeSpan delay)
    {
        run.Diagnostics.Verbose($"The new link to {_name} is rejected as well; trying again in {delay.TotalSeconds:0} s.");
        try
        {
            await ThrottledWait
                .RunAsync(ThrottleReason.LinksMissing, run.Services.Time.DelayAsync(delay, run.Token))
                .ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (run.IsTimedOut)
        {
            return false;
        }
    }

    private LinkedInRequest CreateRequest(Uri link, ResumePoint? resumePoint = null) =>
        new()
        {
            Description = $"download {_name}",
            Method = HttpMethod.Get,
            RequestUri = VerbatimUri.Create(link.OriginalString),
            IsSignedUrl = true,
            ResumePoint = resumePoint,
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
        // 204 and 206 are successful, but not the complete file.
        if (response.StatusCode != HttpStatusCode.OK)
            throw CreateIncompleteError($"the server returned status {(int)response.StatusCode}");

        file.Truncate();
        var continuation = new DownloadContinuation
        {
            Request = request,
            Path = path,
            CanResume = _canResume,
            Resume = ResumeAsync,
            Time = EmulatorClock.GetSystem(run.Services.Time),
            IdleTimeout = run.Services.Retry.IdleTimeout,
            Diagnostics = run.Diagnostics,
        };
        using ResumableDownload body = await ResumableDownload
            .OpenAsync(response, continuation, cancellationToken)
            .ConfigureAwait(false);
        progress.Start(body.DecodedLength);
        try
        {
            DownloadedPart received = await DownloadStream
                .ReceiveAsync(
                    body,
                    file,
                    path,
                    progress.AddReceived,
                    async stream =>
                        Validate(await CsvProfile.ReadAsync(stream, cancellationToken).ConfigureAwait(false), stream, body),
                    cancellationToken
                )
                .ConfigureAwait(false);
            RecordedStreamContent.SetRowCount(response, received.Profile.RowCount);
            return received;
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

    /// <summary>Validates that a download is complete and a table.</summary>
    private DownloadedPart Validate(CsvProfile profile, DownloadStream stream, ResumableDownload body)
    {
        if (body.Length is { } announced && announced != body.BytesReceived)
            throw CreateIncompleteError($"{body.BytesReceived} of {announced} bytes were received");

        // An error document may have a successful status, and any format.
        if (ErrorDocument.Detect(profile.FirstRow) is { } type)
            throw CreateInvalidFileError(path, $"it is {type}");

        // If the transport does not detect a truncated body, only a complete last row shows that it is not.
        if (!stream.EndsWithLineBreak && (!profile.IsLastRowComplete || !body.HasExplicitEnd))
            throw CreateIncompleteError("the last row is truncated");
        if (profile.FirstRow.Length == 0 && job.AnnouncedRowCount != 0)
            throw CreateIncompleteError("it is empty, and even an export without rows has a header");
        if (!stream.EndsWithLineBreak && DescribeTruncation(profile) is { } description)
            throw CreateIncompleteError($"{description} is truncated");
        return new DownloadedPart(
            stream.BytesRead,
            stream.Sha256(),
            profile,
            body.HasExplicitEnd && profile.IsLastRowComplete && stream.EndsWithLineBreak
        );
    }

    /// <summary>
    /// Gets a description of the part that seems truncated in a file whose last row has no line break, or null.
    /// </summary>
    private string? DescribeTruncation(CsvProfile profile)
    {
        if (PartContent.GetExportType(job, profile.FirstRow) is not { } exportType)
            return null;

        IReadOnlyList<string> documented = ExportSchema.GetColumns(exportType);
        bool hasHeader = ExportSchema.HasAnyDocumentedColumn(profile.FirstRow, exportType);
        if (hasHeader && profile.RowCount == 1 && documented.Any(column => ExportSchema.IndexOf(profile.FirstRow, column) < 0))
            return "the header";

        IReadOnlyList<string> columns = hasHeader ? profile.FirstRow : documented;
        bool hasRows = profile.RowCount > (hasHeader ? 1 : 0);
        return
            exportType == ExportType.CrmValidation
            && hasRows
            && columns.Count == profile.FirstRow.Length
            && ExportSchema.IsTimestamp(columns[columns.Count - 1])
            && profile.LastValueLength < MinTimestampDigits
            ? "the last time"
            : null;
    }

    private LinkedInException CreateIncompleteError(SanitizedText reason) =>
        new(LinkedInErrorId.DownloadIncomplete, $"The download of {_name} is incomplete: {reason}.")
        {
            IsTransient = true,
            Target = path,
        };

    /// <summary>Creates the error of a body that is not an export.</summary>
    internal static LinkedInException CreateInvalidFileError(string path, SanitizedText reason) =>
        new(LinkedInErrorId.InvalidExportFile, $"{Path.GetFileName(path)} is not an export file: {reason}.") { Target = path };

    private LinkedInException CreateRejectedError(LinkedInException rejection, TimeSpan elapsed)
    {
        int seconds = (int)elapsed.TotalSeconds;
        return links.IsEmpty
            ? new(
                LinkedInErrorId.ExportLinksMissing,
                $"The link to {_name} was rejected, and {job} returned no other link within {seconds} s. {rejection.Message}",
                rejection
            )
            {
                TraceId = rejection.TraceId,
                Target = path,
            }
            : new(
                LinkedInErrorId.DownloadRejected,
                $"The link to {_name} was rejected, and so were new links for {seconds} s. {rejection.Message}",
                rejection
            )
            {
                StatusCode = rejection.StatusCode,
                TraceId = rejection.TraceId,
                Target = path,
            };
    }
}
