using System.Globalization;
using LinkedInExports.Emulator.Log;

namespace LinkedInExports.Emulator.Cli;

/// <summary>Formats a request as one line, without the query, because a download's query is secret.</summary>
internal static class RequestLine
{
    public static string Format(RecordedRequest request, TimeSpan duration)
    {
        string status = (request.StatusCode, request.Completed) switch
        {
            (0, _) => "reset",
            (var code, true) => code.ToString(CultureInfo.InvariantCulture),
            (var code, false) => $"{code} aborted",
        };
        string fault = request.FaultApplied is null ? "" : $"  [{request.FaultApplied}]";
        string path = Redactor.RedactPath(request.RawTarget);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{request.At.ToLocalTime():HH:mm:ss}  {request.Method, -4} {path}  {status}  "
                + $"{duration.TotalMilliseconds:0} ms{fault}"
        );
    }
}
