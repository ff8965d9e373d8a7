using System.Net;
using CsvHelper;
using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Messages;
using LinkedInExports.Core.Records;

namespace LinkedInExports.Core.Exports.Saving;

/// <summary>
/// Brings one part of an export into its partial file and checks it on the way: length, shape and hash. A download that
/// breaks off goes on where it was if the server can do that, and starts over if not; a dead link is replaced, once.
/// </summary>
internal sealed class PartDownload(
    RequestPipeline pipeline, DownloadLinks links, ExportJob job, int part, string path, TimeProvider time, TimeSpan idleTimeout)
{
    /// <summary>Times in milliseconds have thirteen digits since 2001, before there was a LinkedIn.</summary>
    private const int ShortestTime = 13;

    private readonly string _name = Path.GetFileName(path);

    /// <summary>A server that could not go on once will not do so the next time.</summary>
    private bool _mayContinue = true;

    /// <summary>Downloads into the file.</summary>
    /// <exception cref="LinkedInException">It did not arrive whole, or is not an export.</exception>
    internal async Task<ArrivedPart> RunAsync(
        PartialFile file, SaveProgress.Download progress, IMessages messages, CancellationToken cancellation)
    {
        return await WithFreshLinkAsync(Fetch, messages, cancellation).ConfigureAwait(false);

        Task<ArrivedPart> Fetch(Uri link) => pipeline.SendAsync(
            Request(link), (response, token) => ReceiveAsync(response, file, progress, messages, token), messages, cancellation);
    }

    private Task<HttpResponseMessage> ContinueAsync(Continuation continuation, IMessages messages, CancellationToken cancellation) =>
        WithFreshLinkAsync(link => pipeline.OpenAsync(Request(link, continuation), messages, cancellation), messages, cancellation);

    private async Task<T> WithFreshLinkAsync<T>(Func<Uri, Task<T>> use, IMessages messages, CancellationToken cancellation)
    {
        for (bool isFreshLink = false; ; isFreshLink = true)
        {
            (Uri link, int version) = links.For(part);
            try
            {
                return await use(link).ConfigureAwait(false);
            }
            catch (LinkedInException refused) when (refused.StatusCode is 401 or 403 or 404 or 410)
            {
                // Of a link, a refusal means that its hour is over, not that the token is bad. Whether the token is, the
                // question for fresh links will tell.
                if (isFreshLink)
                    throw Refused(refused);
                await links.RefreshAsync(version, messages, cancellation).ConfigureAwait(false);
            }
        }
    }

    private LinkedInRequest Request(Uri link, Continuation? continuation = null) => new()
    {
        Purpose = $"download {_name}",
        Method = HttpMethod.Get,
        Address = ExactUri.Of(link.OriginalString),
        IsLink = true,
        Continuation = continuation,
        Target = path,
    };

    private async Task<ArrivedPart> ReceiveAsync(
        HttpResponseMessage response, PartialFile file, SaveProgress.Download progress, IMessages messages, CancellationToken cancellation)
    {
        // A part of the file, or no content, is a success of another kind.
        if (response.StatusCode != HttpStatusCode.OK)
            throw Incomplete($"LinkedIn answered {(int)response.StatusCode}");

        file.StartOver();
        progress.Start(response.Content.Headers.ContentLength);
        using DownloadBody body = await DownloadBody.OpenAsync(
            response,
            _mayContinue,
            continuation => ContinueAsync(continuation, messages, cancellation),
            path,
            time,
            idleTimeout,
            messages,
            cancellation).ConfigureAwait(false);
        try
        {
            return await ArrivingFile.ReceiveAsync(
                body,
                file,
                path,
                progress.Arrived,
                async arriving => Checked(await CsvShape.ReadAsync(arriving, cancellation).ConfigureAwait(false), arriving, body),
                cancellation).ConfigureAwait(false);
        }
        catch (CsvFormatException)
        {
            throw NotAnExport($"a row of it is longer than {CsvDialect.MaxRowBytes / 1024 / 1024} MB");
        }
        finally
        {
            _mayContinue &= !body.CannotContinue;
        }
    }

    /// <summary>What came, if it is whole and an export.</summary>
    private ArrivedPart Checked(CsvShape shape, ArrivingFile arriving, DownloadBody body)
    {
        if (body.Length is { } promised && promised != arriving.BytesRead)
            throw Incomplete($"{arriving.BytesRead} of {promised} bytes came");

        // Where nobody says where the body ends, only the end of a row can.
        if (!arriving.EndsWithLineBreak && (!shape.LastRowIsWhole || !body.IsEndMarked))
            throw Incomplete("the last row breaks off");
        if (shape.FirstRow.Length == 0 && job is not SalesAnalyticsExportJob { RowCount: 0 })
            throw Incomplete("it is empty, and even an export without rows has a header");

        // A page of a proxy has the status of a success and the form of anything.
        if (shape.FirstRow.FirstOrDefault()?.TrimStart().StartsWith("<", StringComparison.Ordinal) == true)
            throw NotAnExport("it is a web page");

        ExportKind kind = job.Kind ?? Columns.KindOf(shape.FirstRow) ?? ExportKind.Seat;
        IReadOnlyList<string> documented = Columns.Of(kind);
        bool hasHeader = shape.FirstRow.Length > 0 && Columns.AreIn(shape.FirstRow, kind);
        if (!hasHeader && shape.FirstRow.Length > 0 && shape.FirstRow.Length < documented.Count)
            throw NotAnExport($"its first row has neither the columns {string.Join(", ", documented)} nor as many values");

        long rows = hasHeader ? shape.Rows - 1 : shape.Rows;
        if (!arriving.EndsWithLineBreak && rows > 0 && EndsWithTime(shape.FirstRow, kind, hasHeader) && shape.LastValueLength < ShortestTime)
            throw Incomplete("the last time breaks off");
        if (job is SalesAnalyticsExportJob { RowCount: { } announced } && rows != announced)
        {
            throw new LinkedInException(
                LinkedInErrorId.RowCountMismatch, $"The download of {_name} has {rows} rows of data, and LinkedIn announced {announced}.")
            { Target = path };
        }

        return new ArrivedPart(kind, arriving.BytesRead, arriving.Sha256(), shape.FirstRow, hasHeader, rows);
    }

    private static bool EndsWithTime(string[] firstRow, ExportKind kind, bool hasHeader)
    {
        IReadOnlyList<string> columns = hasHeader ? firstRow : Columns.Of(kind);
        return kind == ExportKind.CrmValidation && columns.Count == firstRow.Length && Columns.IsTime(columns[columns.Count - 1]);
    }

    private LinkedInException Incomplete(string how) =>
        new(LinkedInErrorId.DownloadIncomplete, $"The download of {_name} is not whole: {how}.") { IsTransient = true, Target = path };

    private LinkedInException NotAnExport(string why) =>
        new(LinkedInErrorId.DownloadNotAnExport, $"What came for {_name} is not an export: {why}.") { Target = path };

    private LinkedInException Refused(LinkedInException refused) =>
        new(LinkedInErrorId.DownloadRefused, $"The link to {_name} was refused, and the fresh one too. {refused.Message}", refused)
        {
            StatusCode = refused.StatusCode,
            TraceId = refused.TraceId,
            Target = path,
        };
}
