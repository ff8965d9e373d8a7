using LinkedInExports.Core.Http;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Downloads;

/// <summary>
/// The body of a download. If the connection breaks or times out, and the server confirms that it still has the same file,
/// another connection resumes at the same byte. The reader does not notice it.
/// </summary>
internal sealed class ResumableDownload : IDisposable
{
    /// <summary>Minimum progress for a reconnect to count as successful.</summary>
    private const int MinProgressBytes = 64 * 1024;

    private const int MaxFruitlessReconnects = 4;

    private readonly DownloadContinuation _continuation;
    private readonly EntityVersion? _version;
    private readonly long? _length;
    private readonly CountingStream? _encoded;
    private Stream _body;
    private HttpResponseMessage? _nextBody;
    private long _resumeOffset;
    private int _fruitlessReconnects;

    private ResumableDownload(HttpResponseMessage first, Stream body, CountingStream? encoded, DownloadContinuation continuation)
    {
        _body = body;
        _encoded = encoded;
        _continuation = continuation;
        _length = first.Content.Headers.ContentLength;
        _version = continuation.CanResume && encoded is null ? EntityVersion.FromResponse(first) : null;
        HasExplicitEnd = _length is not null || first.Headers.TransferEncodingChunked == true;
    }

    /// <summary>The number of decoded bytes that were read.</summary>
    internal long BytesRead { get; private set; }

    /// <summary>The number of bytes that were received, before decoding.</summary>
    internal long BytesReceived => _encoded?.BytesRead ?? BytesRead;

    /// <summary>The announced number of bytes, before decoding, or null.</summary>
    internal long? Length => _length ?? (_nextBody is null ? null : _version?.Length);

    /// <summary>The announced number of decoded bytes; null if it is unknown, as for an encoded body.</summary>
    internal long? DecodedLength => _encoded is null ? Length : null;

    /// <summary>Whether the transport detects a truncated body.</summary>
    internal bool HasExplicitEnd { get; }

    /// <summary>Whether the server could not resume the download, so that another attempt is useless.</summary>
    internal bool IsResumeUnsupported { get; private set; }

    /// <summary>Opens the body of the first response, which the caller disposes.</summary>
    /// <remarks>
    /// A body that the server has encoded (compressed) is decoded. Its download is not resumed: ranges and
    /// <c>If-Range</c> apply to the encoded bytes.
    /// </remarks>
    /// <param name="first">The response with the complete file.</param>
    /// <param name="continuation">The settings for resuming the download.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.UnsupportedEncoding"/>.</exception>
    internal static async Task<ResumableDownload> OpenAsync(
        HttpResponseMessage first,
        DownloadContinuation continuation,
        CancellationToken cancellationToken
    )
    {
        Stream body = await ResponseBody.OpenAsync(first, cancellationToken).ConfigureAwait(false);
        CountingStream? encoded = ContentDecoder.GetCodings(first).Length > 0 ? new CountingStream(body) : null;
        return new ResumableDownload(
            first,
            encoded is null ? body : ContentDecoder.Open(encoded, first, continuation.Request),
            encoded,
            continuation
        );
    }

    /// <summary>Reads the next bytes.</summary>
    /// <returns>The number of bytes; 0 at the end.</returns>
    /// <exception cref="LinkedInException">The connection broke, and the download cannot be resumed.</exception>
    internal async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                int read = await ReadConnectionAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
                BytesRead += read;
                return read;
            }
            catch (LinkedInException broken) when (_version is not null && ShouldResume())
            {
                if (!await TryResumeAsync(broken, cancellationToken).ConfigureAwait(false))
                    throw;
            }
        }
    }

    public void Dispose()
    {
        _body.Dispose();
        _nextBody?.Dispose();
    }

    private async Task<int> ReadConnectionAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        using Deadline deadline = _continuation.Time.CreateDeadline(_continuation.IdleTimeout, cancellationToken);
        try
        {
            int read = await _body.ReadCancellableAsync(buffer, offset, count, deadline.Token).ConfigureAwait(false);
            ModuleMetrics.AddReceived(read);
            if (read == 0 && count > 0 && _encoded is not null)
                await DrainAsync(_encoded, deadline.Token).ConfigureAwait(false);
            return read > 0 || _version is null || Length is not { } announced || BytesRead >= announced
                ? read
                : throw TransportErrors.FromBody(
                    new IOException("The connection ended too early"),
                    _continuation.Path,
                    BytesRead
                );
        }
        catch (Exception) when (deadline.IsExpired)
        {
            throw new LinkedInException(
                LinkedInErrorId.DownloadStalled,
                $"The download of {Path.GetFileName(_continuation.Path)} sent nothing for "
                    + $"{_continuation.IdleTimeout.TotalSeconds:0} s."
            )
            {
                IsTransient = true,
                Target = _continuation.Path,
            };
        }
        catch (InvalidDataException exception)
        {
            throw new LinkedInException(
                LinkedInErrorId.DownloadIncomplete,
                $"The download of {Path.GetFileName(_continuation.Path)} cannot be decoded after {BytesRead} bytes: its "
                    + $"compressed data is damaged or ends too early. {exception.Message}",
                exception
            )
            {
                IsTransient = true,
                Target = _continuation.Path,
            };
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw TransportErrors.FromBody(exception, _continuation.Path, BytesRead);
        }
    }

    /// <summary>Reads the rest of the connection after the encoded data, to detect a truncated body.</summary>
    private static async Task DrainAsync(Stream body, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4096];
        while (await body.ReadCancellableAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false) > 0) { }
    }

    /// <summary>Whether to reconnect: not to a server that keeps breaking connections without progress.</summary>
    private bool ShouldResume()
    {
        _fruitlessReconnects = BytesRead - _resumeOffset >= MinProgressBytes ? 0 : _fruitlessReconnects + 1;
        return BytesRead > 0 && _fruitlessReconnects <= MaxFruitlessReconnects;
    }

    private async Task<bool> TryResumeAsync(LinkedInException broken, CancellationToken cancellationToken)
    {
        _continuation.Diagnostics.Verbose($"{broken.Message} Resuming at byte {BytesRead}.");
        HttpResponseMessage response;
        try
        {
            response = await TraceSpan
                .RunAsync(
                    "resume download",
                    span =>
                    {
                        span.With(TelemetryAttribute.ResumeOffset, BytesRead);
                        return _continuation.Resume(new ResumePoint(BytesRead, _version!));
                    }
                )
                .ConfigureAwait(false);
        }
        catch (LinkedInException rejection) when (rejection.StatusCode == 416)
        {
            IsResumeUnsupported = true;
            return false;
        }
        catch (LinkedInException failure)
        {
            // Without the status: the link was accepted before.
            throw new LinkedInException(
                failure.Id,
                $"{broken.Message} The download could not be resumed. {failure.Message}",
                failure
            )
            {
                IsTransient = failure.IsTransient,
                AffectsAllRequests = failure.AffectsAllRequests,
                TraceId = failure.TraceId,
                Target = _continuation.Path,
            };
        }

        if (!_version!.IsMatchingPartialContent(response, BytesRead))
        {
            _continuation.Diagnostics.Verbose(
                $"{Path.GetFileName(_continuation.Path)}: the server cannot resume this file; restarting the download."
            );
            IsResumeUnsupported = true;
            response.Dispose();
            return false;
        }

        _nextBody?.Dispose();
        _nextBody = response;
        _resumeOffset = BytesRead;
        _body = await ResponseBody.OpenAsync(response, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
