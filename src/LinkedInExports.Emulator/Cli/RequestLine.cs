using System.Globalization;
using LinkedInExports.Emulator.Log;

namespace LinkedInExports.Emulator.Cli;

/// <summary>One line per request. Without the query: that of a download is a secret.</summary>
internal static class RequestLine
{
    public static string Format(RecordedRequest request, TimeSpan took)
    {
        string status = (request.StatusCode, request.Completed) switch
        {
            (0, _) => "reset",
            (var code, true) => code.ToString(CultureInfo.InvariantCulture),
            (var code, false) => $"{code} broken off",
        };
        string fault = request.FaultApplied is null ? "" : $"  [{request.FaultApplied}]";
        string path = Redactor.RedactPath(request.RawTarget);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{request.At.ToLocalTime():HH:mm:ss}  {request.Method, -4} {path}  {status}  {took.TotalMilliseconds:0} ms{fault}"
        );
    }
}
