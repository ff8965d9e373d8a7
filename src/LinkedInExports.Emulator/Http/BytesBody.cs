namespace LinkedInExports.Emulator.Http;

/// <summary>A body in memory.</summary>
internal sealed class BytesBody(ReadOnlyMemory<byte> bytes) : IBody
{
    public long Length => bytes.Length;

    public int BufferSize => 4096;

    public IBodyReader Open() => new Reader(bytes);

    private sealed class Reader(ReadOnlyMemory<byte> rest) : IBodyReader
    {
        private ReadOnlyMemory<byte> _rest = rest;

        public int Read(Span<byte> buffer)
        {
            int count = Math.Min(buffer.Length, _rest.Length);
            _rest.Span[..count].CopyTo(buffer);
            _rest = _rest[count..];
            return count;
        }
    }
}
