namespace LinkedInExports.Emulator.Http;

/// <summary>The rest of a body from an offset. The bytes before it are generated and discarded.</summary>
internal sealed class PartialBody(IBody body, long from) : IBody
{
    public long Length => body.Length - from;

    public int BufferSize => body.BufferSize;

    public IBodyReader Open() => new Reader(body.Open(), from);

    private sealed class Reader(IBodyReader reader, long skip) : IBodyReader
    {
        private long _skip = skip;

        public int Read(Span<byte> buffer)
        {
            while (true)
            {
                int count = reader.Read(buffer);
                if (count == 0)
                    return 0;
                int skipped = (int)Math.Min(_skip, count);
                _skip -= skipped;
                if (skipped == count)
                    continue;
                buffer[skipped..count].CopyTo(buffer);
                return count - skipped;
            }
        }
    }
}
