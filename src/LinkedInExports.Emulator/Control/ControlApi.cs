using System.Net;
using LinkedInExports.Emulator.Authentication;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Http;
using LinkedInExports.Emulator.Log;

namespace LinkedInExports.Emulator.Control;

/// <summary>
/// An API with which other processes of this machine control the emulator. Its requests do not appear in the log.
/// </summary>
internal sealed class ControlApi : IRequestCheck
{
    private const string Prefix = "/emulator/";

    private readonly Router _router;
    private readonly RequestLog _log;
    private readonly FaultPlan _faults;
    private readonly Action _expireLinks;
    private readonly Func<IEnumerable<JobSummary>> _jobs;
    private readonly AccessTokens _tokens;

    public ControlApi(
        RequestLog log,
        FaultPlan faults,
        Action expireLinks,
        Func<IEnumerable<JobSummary>> jobs,
        AccessTokens tokens,
        ResumeControl resumes,
        BehaviorControl behavior,
        ConformanceControl? conformance
    )
    {
        (_log, _faults, _expireLinks, _jobs, _tokens) = (log, faults, expireLinks, jobs, tokens);
        _router = new Router([
            new(HttpMethods.Get, $"{Prefix}health", this, _ => ControlResponses.Json(new { Status = "ok" })),
            new(HttpMethods.Get, $"{Prefix}requests", this, _ => ControlResponses.Json(GetRedactedLog())),
            new(HttpMethods.Delete, $"{Prefix}requests", this, _ => ControlResponses.Success(_log.Clear)),
            new(HttpMethods.Get, $"{Prefix}faults", this, _ => ControlResponses.Json(_faults.Pending.Select(FaultJson.From))),
            new(
                HttpMethods.Post,
                $"{Prefix}faults",
                this,
                request => ControlResponses.Add<FaultJson, Fault>(request, json => json.ToFault(), _faults.Add)
            ),
            new(HttpMethods.Delete, $"{Prefix}faults", this, _ => ControlResponses.Success(_faults.Clear)),
            new(HttpMethods.Post, $"{Prefix}links/expire", this, _ => ControlResponses.Success(_expireLinks)),
            new(HttpMethods.Post, $"{Prefix}tokens/revoke", this, _ => ControlResponses.Success(_tokens.RevokeAll)),
            new(HttpMethods.Get, $"{Prefix}jobs", this, _ => ControlResponses.Json(_jobs())),
            .. resumes.Operations(Prefix, this),
            .. behavior.Operations(Prefix, this),
            .. conformance?.Operations(Prefix, this) ?? [],
        ]);
    }

    public static bool Handles(string rawTarget) =>
        rawTarget == ConformanceControl.PagePath || rawTarget.StartsWith(Prefix, StringComparison.Ordinal);

    public EmulatorResponse Handle(EmulatorRequest request) => _router.Route(request);

    public EmulatorResponse? Check(EmulatorRequest request) =>
        request.RemoteAddress is { } address && IPAddress.IsLoopback(address)
            ? null
            : EmulatorResponse.Text(403, "The control API accepts only requests from this machine.\n");

    private IEnumerable<object> GetRedactedLog()
    {
        string[] tokens = [_tokens.Current, .. _tokens.Issued];
        return _log.Snapshot().Select(request => Redact(request, tokens));
    }

    private static object Redact(RecordedRequest request, string[] tokens) =>
        new
        {
            request.At,
            request.Method,
            RawTarget = Redactor.RedactText(request.RawTarget, tokens),
            Headers = request.Headers.Select(header => new
            {
                Name = header.Key,
                Value = Redactor.RedactHeader(header.Key, header.Value, tokens),
            }),
            Body = Redactor.RedactText(System.Text.Encoding.UTF8.GetString(request.Body), tokens),
            request.StatusCode,
            request.FaultApplied,
            request.Completed,
        };
}
