using System.Text;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Converts text of any encoding to UTF-8 while it is read.</summary>
/// <remarks>
/// Bytes that are invalid in the encoding become <see cref="Invalid"/>, which UTF-8 never contains, and not U+FFFD, so that
/// the reader can find the affected value.
/// </remarks>
internal sealed class Utf8Transcoder : ReadOnlyStream
{
    /// <summary>The replacement for invalid bytes.</summary>
    internal const byte Invalid = 0xFF;

    private const int InputBytes = 16 * 1024;

    private readonly Stream _source;
    private readonly InvalidBytes _invalid = new();
    private readonly Decoder _decoder;
    private readonly byte[] _input = new byte[InputBytes];
    private readonly char[] _characters;
    private byte[] _output;
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Initializes a reader of a stream, which it does not dispose.</summary>
    internal Utf8Transcoder(Stream source, Encoding encoding)
    {
        _source = source;
        var decoding = (Encoding)encoding.Clone();
        decoding.DecoderFallback = _invalid;
        _decoder = decoding.GetDecoder();
        _characters = new char[decoding.GetMaxCharCount(InputBytes)];
        _output = new byte[Encoding.UTF8.GetMaxByteCount(InputBytes)];
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_start == _end && !_isAtEnd)
            Refill();
        int length = Math.Min(count, _end - _start);
        _output.AsSpan(_start, length).CopyTo(buffer.AsSpan(offset));
        _start += length;
        return length;
    }

    private void Refill()
    {
        int read = _source.Read(_input, 0, _input.Length);
        _isAtEnd = read == 0;
        _start = _end = 0;

        // Counting does not change the decoder, so it shows whether the block is valid.
        _invalid.Count = 0;
        _decoder.GetCharCount(_input, 0, read, flush: _isAtEnd);
        if (_invalid.Count == 0)
        {
            Decode(0, read);
            return;
        }

        for (int at = 0; at < read; at++)
            Decode(at, 1);
        if (_isAtEnd)
            Decode(0, 0);
    }

    private void Decode(int at, int count)
    {
        _invalid.Count = 0;
        int characters = _decoder.GetChars(_input, at, count, _characters, 0, flush: _isAtEnd);
        Reserve(1 + Encoding.UTF8.GetMaxByteCount(characters));

        // Invalid bytes are returned first, because some are detected only with the next character.
        if (_invalid.Count > 0)
            _output[_end++] = Invalid;
        _end += Encoding.UTF8.GetBytes(_characters, 0, characters, _output, _end);
    }

    private void Reserve(int count)
    {
        if (_output.Length - _end < count)
            Array.Resize(ref _output, Math.Max(_output.Length * 2, _end + count));
    }

    /// <summary>Counts invalid sequences and replaces them as usual.</summary>
    private sealed class InvalidBytes : DecoderFallback
    {
        internal int Count { get; set; }

        public override int MaxCharCount => 1;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Replacement(this);

        private sealed class Replacement(InvalidBytes invalid) : DecoderFallbackBuffer
        {
            private const char ReplacementCharacter = '\uFFFD';

            private int _remaining;

            public override int Remaining => _remaining;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                invalid.Count++;
                _remaining = 1;
                return true;
            }

            public override char GetNextChar()
            {
                if (_remaining == 0)
                    return '\0';
                _remaining = 0;
                return ReplacementCharacter;
            }

            public override bool MovePrevious()
            {
                if (_remaining > 0)
                    return false;
                _remaining = 1;
                return true;
            }

            public override void Reset() => _remaining = 0;
        }
    }
}
