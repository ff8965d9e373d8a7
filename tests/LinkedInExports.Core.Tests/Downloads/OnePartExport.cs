using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Downloads;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>An export of one small part.</summary>
internal static class OnePartExport
{
    internal const string FileName = "crm-validation-148-part001.csv";

    internal static readonly string[] FileNames = [FileName, FileName + ".manifest.json"];

    // Without ranges. ResumableDownloadTests has the downloads that can be resumed.
    internal static EmulatorOptions CreateOptions(bool chunked = false) =>
        new()
        {
            ProcessingTime = TimeSpan.Zero,
            Parts = 1,
            RowsPerPart = 4,
            Chunked = chunked,
            RangeSupport = RangeSupport.None,
            FileValidator = FileValidator.None,
        };
}
