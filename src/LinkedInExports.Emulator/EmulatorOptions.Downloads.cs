using LinkedInExports.Emulator.Downloads;

namespace LinkedInExports.Emulator;

/// <content>How files are served. Nothing of this is documented, so by default there is none of it.</content>
public sealed partial class EmulatorOptions
{
    /// <summary>What becomes of requests for the rest of a file.</summary>
    public RangeSupport RangeSupport { get; init; }

    /// <summary>How an answer tells which version of the file it is.</summary>
    public FileValidator FileValidator { get; init; }
}
