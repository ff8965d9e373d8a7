namespace LinkedInExports.Emulator.Http;

/// <summary>A body from one of its bytes on. What comes before is made and thrown away.</summary>
internal sealed class PartialBody(IBody whole, long from) : IBody
{
    public long Length => whole.Length - from;

    public int BufferSize => whole.BufferSize;

    public IBodyReader Open() => new Reader(whole.Open(), from);

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
