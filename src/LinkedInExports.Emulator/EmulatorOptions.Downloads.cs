using LinkedInExports.Emulator.Downloads;

namespace LinkedInExports.Emulator;

/// <content> How files are served. None of this is documented; the defaults are what a store of files commonly does, so that
/// resuming a download can be tried. </content>
public sealed partial class EmulatorOptions
{
    /// <summary>What becomes of requests for the rest of a file.</summary>
    public RangeSupport RangeSupport { get; init; } = RangeSupport.Honest;

    /// <summary>How an answer tells which version of the file it is.</summary>
    public FileValidator FileValidator { get; init; } = FileValidator.ETag;
}
