using System.Net;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>A response that mutations change before the client gets it.</summary>
internal sealed class MutableResponse
{
    internal int Status { get; set; }

    internal string? Reason { get; set; }

    /// <summary>All headers in their order, including those of the content.</summary>
    internal List<KeyValuePair<string, string>> Headers { get; } = [];

    internal byte[] Body { get; set; } = [];

    /// <summary>The exception to throw instead of a response.</summary>
    internal Func<Exception>? Failure { get; set; }

    /// <summary>The delay of the response; infinite for no response.</summary>
    internal TimeSpan Delay { get; set; }

    /// <summary>The number of bytes after which the body fails, or null.</summary>
    internal int? BreaksAt { get; set; }

    /// <summary>Whether the body stalls there instead of failing.</summary>
    internal bool IsSilentThere { get; set; }

    /// <summary>The delay of each byte of the body.</summary>
    internal TimeSpan DelayOfByte { get; set; }

    /// <summary>Whether a mutation set <c>Content-Length</c>, so that it may differ from the body.</summary>
    internal bool HasOwnLength { get; set; }

    internal void Set(string name, string? value)
    {
        Headers.RemoveAll(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (value is not null)
            Headers.Add(new(name, value));
        HasOwnLength |= name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase);
    }

    internal string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    internal static async Task<MutableResponse> FromAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var mutable = new MutableResponse { Status = (int)response.StatusCode, Reason = response.ReasonPhrase };
        mutable.Body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        foreach (var header in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            mutable.Headers.Add(new(header.Key, header.Value.ToString()));
        return mutable;
    }

    internal HttpResponseMessage ToMessage(HttpRequestMessage request, TimeProvider time)
    {
        if (!HasOwnLength && Header("Content-Length") is not null)
            Set("Content-Length", Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));

        long? announced = long.TryParse(Header("Content-Length"), out long length) && length >= 0 ? length : null;
        var message = new HttpResponseMessage((HttpStatusCode)Status) { RequestMessage = request };
        if (Reason is not null && Reason.AsSpan().IndexOfAny('\r', '\n', '\0') < 0)
            message.ReasonPhrase = Reason;
        message.Content = new StreamContent(new HostileStream(this, announced, time));
        foreach ((string name, string value) in Headers)
        {
            // Not validated, as from a real connection.
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    /// <summary>The body as it comes from the network: not seekable, and cut at the announced length.</summary>
    private sealed class HostileStream(MutableResponse response, long? announced, TimeProvider time) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long end = Math.Min(response.Body.Length, announced ?? long.MaxValue);
            if (response.BreaksAt is { } breaksAt && _at >= Math.Min(breaksAt, end))
            {
                if (response.IsSilentThere)
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new IOException("Unable to read data from the transport connection: Connection reset by peer.");
            }

            if (_at >= end)
            {
                return announced > _at
                    ? throw new HttpIOException(
                        HttpRequestError.ResponseEnded,
                        $"The response ended prematurely, with at least {announced - _at} additional bytes expected."
                    )
                    : 0;
            }

            int count = (int)Math.Min(buffer.Length, Math.Min(end, response.BreaksAt ?? end) - _at);
            if (response.DelayOfByte > TimeSpan.Zero)
            {
                count = Math.Min(count, 1);
                await Task.Delay(response.DelayOfByte, time, cancellationToken);
            }

            response.Body.AsMemory(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
