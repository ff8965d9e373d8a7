using LinkedInExports.Core.Http;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Downloads;

/// <summary>
/// The body of a download. Where the connection breaks or falls silent, and the server can tell that it still has the same
/// file, the next connection goes on at the same byte; whoever reads does not notice.
/// </summary>
internal sealed class ResumableDownload : IDisposable
{
    /// <summary>A connection that brings less was in vain.</summary>
    private const int MinProgressBytes = 64 * 1024;

    private const int MaxFruitlessReconnects = 4;

    private readonly Func<ResumePoint, Task<HttpResponseMessage>> _resume;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly TimeSpan _idleTimeout;
    private readonly ICommandOutput _messages;
    private readonly EntityVersion? _version;
    private readonly long? _length;
    private readonly CountingStream? _encoded;
    private Stream _body;
    private HttpResponseMessage? _nextBody;
    private long _resumeOffset;
    private int _fruitlessReconnects;

    private ResumableDownload(
        HttpResponseMessage first,
        Stream body,
        CountingStream? encoded,
        bool canResume,
        Func<ResumePoint, Task<HttpResponseMessage>> continuation,
        string path,
        TimeProvider time,
        TimeSpan idleTimeout,
        ICommandOutput output)
    {
        _body = body;
        _encoded = encoded;
        _resume = continuation;
        _path = path;
        _time = time;
        _idleTimeout = idleTimeout;
        _messages = output;
        _length = first.Content.Headers.ContentLength;
        _version = canResume && encoded is null ? EntityVersion.FromResponse(first) : null;
        HasExplicitEnd = _length is not null || first.Headers.TransferEncodingChunked == true;
    }

    /// <summary>Bytes so far, decoded.</summary>
    internal long BytesRead { get; private set; }

    /// <summary>Bytes so far as the server sends them.</summary>
    internal long BytesReceived => _encoded?.BytesRead ?? BytesRead;

    /// <summary>How many bytes the server announced, as it sends them; null where it did not.</summary>
    internal long? Length => _length ?? (_nextBody is null ? null : _version?.Length);

    /// <summary>How many bytes will come out of it; null where that is not known, as for an encoded body.</summary>
    internal long? DecodedLength => _encoded is null ? Length : null;

    /// <summary>Whether an end that comes too early is noticed by the transport.</summary>
    internal bool HasExplicitEnd { get; }

    /// <summary>Whether the server could not go on where a connection broke, so that asking it again is no use.</summary>
    internal bool IsResumeUnsupported { get; private set; }

    /// <summary>Opens the body of a first response, which stays the caller's.</summary>
    /// <remarks>
    /// A body that the server has encoded (compressed) is decoded. It is not continued where it breaks: ranges and
    /// <c>If-Range</c> apply to the encoded bytes.
    /// </remarks>
    /// <param name="first">The answer with all of the file.</param>
    /// <param name="request">The request, for messages.</param>
    /// <param name="canResume">Whether to try to go on where it breaks.</param>
    /// <param name="continuation">Asks for the rest.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="time">The clock.</param>
    /// <param name="idleTimeout">How long a connection may be silent.</param>
    /// <param name="output">Hears of each further connection.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.UnsupportedEncoding"/>.</exception>
    internal static async Task<ResumableDownload> OpenAsync(
        HttpResponseMessage first,
        LinkedInRequest request,
        bool canResume,
        Func<ResumePoint, Task<HttpResponseMessage>> continuation,
        string path,
        TimeProvider time,
        TimeSpan idleTimeout,
        ICommandOutput output,
        CancellationToken cancellationToken)
    {
        Stream body = await ResponseBody.OpenAsync(first, cancellationToken).ConfigureAwait(false);
        CountingStream? encoded = ContentDecoder.GetCodings(first).Length > 0 ? new CountingStream(body) : null;
        return new ResumableDownload(
            first,
            encoded is null ? body : ContentDecoder.Open(encoded, first, request),
            encoded,
            canResume,
            continuation,
            path,
            time,
            idleTimeout,
            output);
    }

    /// <summary>Reads on.</summary>
    /// <returns>How many bytes came; 0 at the end.</returns>
    /// <exception cref="LinkedInException">It broke off and cannot go on.</exception>
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
        using Deadline deadline = _time.CreateDeadline(_idleTimeout, cancellationToken);
        try
        {
            int read = await _body.ReadCancellableAsync(buffer, offset, count, deadline.Token).ConfigureAwait(false);
            if (read == 0 && count > 0 && _encoded is not null)
                await DrainAsync(_encoded, deadline.Token).ConfigureAwait(false);
            return read > 0 || _version is null || Length is not { } promised || BytesRead >= promised
                ? read
                : throw TransportErrors.FromBody(new IOException("The connection ended too early"), _path, BytesRead);
        }
        catch (Exception) when (deadline.IsExpired)
        {
            throw new LinkedInException(
                LinkedInErrorId.DownloadStalled,
                $"The download of {Path.GetFileName(_path)} sent nothing for {_idleTimeout.TotalSeconds:0} s.")
            { IsTransient = true, Target = _path };
        }
        catch (InvalidDataException exception)
        {
            throw new LinkedInException(
                LinkedInErrorId.DownloadIncomplete,
                $"The download of {Path.GetFileName(_path)} cannot be decoded after {BytesRead} bytes: its compressed data is damaged or ends too early. {exception.Message}",
                exception)
            { IsTransient = true, Target = _path };
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw TransportErrors.FromBody(exception, _path, BytesRead);
        }
    }

    /// <summary>Reads what is behind the encoded data, so that an end that comes too early is noticed.</summary>
    private static async Task DrainAsync(Stream body, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4096];
        while (await body.ReadCancellableAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false) > 0)
        {
        }
    }

    /// <summary>A server that breaks every connection at once is given up on.</summary>
    private bool ShouldResume()
    {
        _fruitlessReconnects = BytesRead - _resumeOffset >= MinProgressBytes ? 0 : _fruitlessReconnects + 1;
        return BytesRead > 0 && _fruitlessReconnects <= MaxFruitlessReconnects;
    }

    private async Task<bool> TryResumeAsync(LinkedInException broken, CancellationToken cancellationToken)
    {
        _messages.Verbose($"{broken.Message} Going on at byte {BytesRead}.");
        HttpResponseMessage response;
        try
        {
            response = await _resume(new ResumePoint(BytesRead, _version!)).ConfigureAwait(false);
        }
        catch (LinkedInException refused) when (refused.StatusCode == 416)
        {
            IsResumeUnsupported = true;
            return false;
        }
        catch (LinkedInException failure)
        {
            // Without the status: of what came before, the link was good.
            throw new LinkedInException(failure.Id, $"{broken.Message} It could not go on there. {failure.Message}", failure)
            {
                IsTransient = failure.IsTransient,
                IsPermanent = failure.IsPermanent,
                TraceId = failure.TraceId,
                Target = _path,
            };
        }

        if (!_version!.IsMatchingPartialContent(response, BytesRead))
        {
            _messages.Verbose($"{Path.GetFileName(_path)}: the server does not go on with the same file, so it is fetched from its beginning.");
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
