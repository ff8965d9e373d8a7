using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Behavior;

namespace LinkedInExports.Core.Tests.Checkpoints;

/// <summary>Small validation exports without processing time, and how many were created.</summary>
internal static class CrmExport
{
    internal static EmulatorOptions CreateOptions(
        bool nextIsStart = false,
        TimeSpan? clamp = null,
        string status = "COMPLETED"
    ) =>
        new()
        {
            ProcessingTime = TimeSpan.Zero,
            Parts = 2,
            RowsPerPart = 3,
            RowsPeriod = EmulatorFixture.AllRows,
            Behavior = new() { NextExportStartAt = nextIsStart ? NextExportStart.ExportStart : NextExportStart.ExportEnd },
            ClampStart = clamp,
            CompletedStatus = status,
        };

    internal static int CountCreated(EmulatorFixture fixture) =>
        fixture.Emulator.Requests.Count(request =>
            request.Method == "POST" && request.RawTarget.StartsWith("/v2/", StringComparison.Ordinal)
        );
}
