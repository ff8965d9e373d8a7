using System.Text.Json;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Urns;
using LinkedInExports.Text;
using Polly;

namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>
/// Uploads resume files to LinkedIn (tutorial "Sync Candidate Resumes"): requests a signed link, and then sends the file.
/// </summary>
internal sealed class ResumeUploadClient(RequestPipeline pipeline, Uri api, RetryOptions retry, TimeProvider time)
{
    private const string Resource = "hireMediaUrl";
    internal const string BlobUrn = "urn:li:ambryBlob:";

    /// <summary>The maximum length of LinkedIn's name of a file, in characters. Typical names have about 50.</summary>
    internal const int MaxResumeFileLength = 1000;

    /// <summary>The lowest upload speed that does not cause a timeout, in bytes per second.</summary>
    private const int MinUploadBytesPerSecond = 32 * 1024;

    private readonly ResiliencePipeline _retry = UploadRetry.Create(retry, time);

    /// <summary>Uploads one file.</summary>
    /// <returns>LinkedIn's name of the file, <c>urn:li:ambryBlob:/…</c>.</returns>
    /// <exception cref="LinkedInException">The upload failed.</exception>
    internal async Task<string> SendAsync(
        ResumeDocument document,
        UploadDestination target,
        ResumeQuota quota,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        using var span = TraceSpan.Start("upload resume").With(TelemetryAttribute.FileLength, document.Length);
        try
        {
            return await _retry
                .ExecuteAsync(
                    UploadRetry.DiagnosticsKey,
                    diagnostics,
                    token => SendWithUrlRefreshAsync(document, target, quota, diagnostics, token),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (UploadFailedException failed)
        {
            span.Fail(failed.Failure);
            throw failed.Failure;
        }
    }

    /// <summary>Uploads one file, and once more with another link if the first link is rejected.</summary>
    private async Task<string> SendWithUrlRefreshAsync(
        ResumeDocument document,
        UploadDestination target,
        ResumeQuota quota,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await SendOnceAsync(document, target, quota, diagnostics, cancellationToken).ConfigureAwait(false);
        }
        catch (UploadFailedException rejection) when (rejection.IsLinkRejected)
        {
            // The link or the token expired; requesting another link shows which. If that succeeds and the second link is
            // rejected too, the file is the reason: an application without access gets no link.
            diagnostics.Verbose($"{rejection.Message} Trying with a new link.");
        }

        try
        {
            return await SendOnceAsync(document, target, quota, diagnostics, cancellationToken).ConfigureAwait(false);
        }
        catch (UploadFailedException rejection) when (rejection.IsLinkRejected)
        {
            throw CreateRejectedError(document, rejection.Failure);
        }
    }

    /// <summary>
    /// Requests a link and uses it. Each link is used once: whether it works again after a failed upload is not documented.
    /// </summary>
    private async Task<string> SendOnceAsync(
        ResumeDocument document,
        UploadDestination target,
        ResumeQuota quota,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        using UploadReservation reservation = await quota
            .ReserveUploadAsync(diagnostics, cancellationToken)
            .ConfigureAwait(false);
        Uri link = await CreateLinkAsync(document, target, reservation.LinkRequest, diagnostics, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            return await SendContentAsync(link, document, reservation.Upload, diagnostics, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (LinkedInException failure)
        {
            throw new UploadFailedException(failure);
        }
    }

    private Task<Uri> CreateLinkAsync(
        ResumeDocument document,
        UploadDestination target,
        IRequestLimiter limiter,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        var body = new MediaUrlRequest
        {
            ContentType = document.ContentType,
            HiringContext = target.Contract.ToString(),
            BlobTtl = RetentionTimespan.Create(target.RetainFor),
        };
        var request = new LinkedInRequest
        {
            // Unused links have no effect, so the request can be repeated.
            Description = $"get an upload link for {Path.GetFileName(document.Path)}",
            Method = HttpMethod.Post,
            RequestUri = new Uri($"{api}{Resource}"),
            AcceptsJson = true,
            Json = JsonSerializer.SerializeToUtf8Bytes(body, ResumeJson.Default.MediaUrlRequest),
            Limiter = limiter,
            Target = document.Path,
        };
        return pipeline.SendAsync(
            request,
            (HttpResponseMessage response, CancellationToken _) =>
                Uri.TryCreate(RestLi.GetCreatedId(response, Resource), UriKind.Absolute, out Uri? link)
                && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp) // A bare path is a file, on Unix.
                    ? Task.FromResult(link)
                    : throw CreateUnexpectedError(response, request, "its response contains no link"),
            diagnostics,
            cancellationToken
        );
    }

    private async Task<string> SendContentAsync(
        Uri link,
        ResumeDocument document,
        IRequestLimiter limiter,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        string separator = link.Query.Length == 0 ? "?" : "&";
        var request = new LinkedInRequest
        {
            Description = $"upload {Path.GetFileName(document.Path)}",
            Method = HttpMethod.Post,

            // The link is signed, so it is sent exactly as it was received.
            RequestUri = VerbatimUri.Create(
                $"{link.OriginalString}{separator}x-ambry-filename={RestLi.Encode(Path.GetFileName(document.Path))}"
            ),
            Protocol = null,
            Content = () => new DocumentContent(document),
            SendTimeoutAllowance = TimeSpan.FromSeconds(document.Length / MinUploadBytesPerSecond),
            RetryOnlyIfNotProcessed = true,
            IsSignedUrl = true,
            Limiter = limiter,
            Target = document.Path,
        };
        try
        {
            return await pipeline
                .SendAsync(
                    request,
                    (HttpResponseMessage response, CancellationToken _) =>
                        Task.FromResult(BlobUrn + ReadLocation(response, request)),
                    diagnostics,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (IsModified(exception))
        {
            throw new LinkedInException(
                LinkedInErrorId.FileReadFailed,
                $"{document.Path} was changed while it was being sent. LinkedIn did not store it.",
                exception
            )
            {
                Target = document.Path,
                SyncReason = ResumeSyncReason.Modified,
            };
        }
    }

    /// <summary>Gets the path of the file at LinkedIn. It is written to the ledger, so it must not contain a secret.</summary>
    private static string ReadLocation(HttpResponseMessage response, LinkedInRequest request)
    {
        if (
            RestLi.GetHeader(response, "Location") is not { Length: > 1 and <= MaxResumeFileLength - 20 } location
            || location[0] != '/'
        )
        {
            throw CreateUnexpectedError(response, request, "its response does not contain the name of the file");
        }

        return KnownSecrets.Credentials.Contains(location)
            ? throw CreateUnexpectedError(
                response,
                request,
                "its name of the file contains a secret of this connection, which cannot be stored"
            )
            : location;
    }

    private static LinkedInException CreateRejectedError(ResumeDocument document, LinkedInException rejection) =>
        new(
            LinkedInErrorId.UploadRejected,
            $"LinkedIn rejected the link to upload {Path.GetFileName(document.Path)}, and a second one. {rejection.Message}",
            rejection
        )
        {
            StatusCode = rejection.StatusCode,
            ServiceErrorCode = rejection.ServiceErrorCode,
            Code = rejection.Code,
            TraceId = rejection.TraceId,
            Target = document.Path,
        };

    private static bool IsModified(Exception? exception) =>
        exception is FileModifiedDuringUploadException || (exception?.InnerException is { } inner && IsModified(inner));

    private static LinkedInException CreateUnexpectedError(
        HttpResponseMessage response,
        LinkedInRequest request,
        string problem
    ) =>
        new(LinkedInErrorId.UnexpectedResponse, $"Could not {request.Description}: LinkedIn accepted the request, but {problem}.")
        {
            StatusCode = (int)response.StatusCode,
            TraceId = ErrorResponseReader.GetTraceId(response),
            Target = request.Target,
        };
}

/// <summary>The contract and the retention period of uploads.</summary>
/// <param name="Contract">The Recruiter contract.</param>
/// <param name="RetainFor">The time that LinkedIn keeps the files; null for no limit.</param>
internal sealed record UploadDestination(RecruiterContractUrn Contract, RetentionPeriod? RetainFor);
