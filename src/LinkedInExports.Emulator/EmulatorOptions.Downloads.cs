using LinkedInExports.Emulator.Downloads;

namespace LinkedInExports.Emulator;

/// <content>
/// Options of downloads. LinkedIn does not document this behavior. The defaults are common behavior of file stores, so that
/// downloads can be resumed.
/// </content>
public sealed partial class EmulatorOptions
{
    /// <summary>The response to range requests.</summary>
    public RangeSupport RangeSupport { get; init; } = RangeSupport.Honest;

    /// <summary>The validator that identifies the version of a file.</summary>
    public FileValidator FileValidator { get; init; } = FileValidator.ETag;
}
