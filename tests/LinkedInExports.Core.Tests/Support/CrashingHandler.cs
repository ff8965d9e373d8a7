namespace LinkedInExports.Core.Tests.Support;

/// <summary>
/// The network of a process that may end before a request is sent, before its response is received, and at each read of the
/// response's body.
/// </summary>
internal sealed class CrashingHandler(CrashPoint cut)
    : DelegatingHandler(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        }
    )
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cut.Step();
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        try
        {
            cut.Step();
        }
        catch (CrashException)
        {
            response.Dispose();
            throw;
        }

        HttpContent received = response.Content;
        response.Content = new StreamContent(new CrashingBody(cut, await received.ReadAsStreamAsync(cancellationToken)));
        foreach (KeyValuePair<string, IEnumerable<string>> header in received.Headers)
            response.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return response;
    }

    private sealed class CrashingBody(CrashPoint cut, Stream body) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cut.Step();
            return await body.ReadAsync(buffer, cancellationToken);
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                body.Dispose();
            base.Dispose(disposing);
        }
    }
}
