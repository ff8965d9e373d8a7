using LinkedInExports.Emulator.Conformance;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Control;

/// <summary>The control operations for the conformance of clients.</summary>
internal sealed class ConformanceControl(ConformanceMonitor monitor)
{
    /// <summary>The path of the page.</summary>
    public const string PagePath = "/";

    public IEnumerable<Operation> Operations(string prefix, IRequestCheck requestCheck) =>
        [
            new(
                HttpMethods.Get,
                PagePath,
                requestCheck,
                _ => EmulatorResponse.Html(200, ConformancePage.Create(monitor.CreateReport()))
            ),
            new(HttpMethods.Get, $"{prefix}conformance", requestCheck, _ => ControlResponses.Json(monitor.CreateReport())),
            new(HttpMethods.Delete, $"{prefix}conformance", requestCheck, _ => ControlResponses.Success(monitor.Reset)),
        ];
}
