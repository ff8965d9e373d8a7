namespace LinkedInExports.Emulator.Http;

/// <summary>A response body whose length is known before any of it is made.</summary>
internal interface IBody
{
    /// <summary>Length in bytes.</summary>
    long Length { get; }

    /// <summary>Smallest buffer in bytes that each <see cref="IBodyReader.Read"/> has to be given.</summary>
    int BufferSize { get; }

    IBodyReader Open();
}

/// <summary>Makes a body piece by piece, so that no file is ever in memory as a whole.</summary>
internal interface IBodyReader
{
    /// <summary>Fills the buffer as far as it likes and returns the number of bytes; 0 is the end.</summary>
    int Read(Span<byte> buffer);
}
