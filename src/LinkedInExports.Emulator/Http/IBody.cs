namespace LinkedInExports.Emulator.Http;

/// <summary>A response body whose length is known before it is generated.</summary>
internal interface IBody
{
    /// <summary>The length in bytes.</summary>
    long Length { get; }

    /// <summary>The minimum buffer size of <see cref="IBodyReader.Read"/> in bytes.</summary>
    int BufferSize { get; }

    IBodyReader Open();
}

/// <summary>Generates a body in pieces, so that a file is never completely in memory.</summary>
internal interface IBodyReader
{
    /// <summary>Writes a piece to the buffer and returns its length, or 0 at the end.</summary>
    int Read(Span<byte> buffer);
}
