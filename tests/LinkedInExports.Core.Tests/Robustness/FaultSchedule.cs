using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>Random faults, determined by a seed.</summary>
internal sealed class FaultSchedule
{
    /// <summary>Within the first row of any file: a body that ends there is never accepted.</summary>
    private const int FirstRowBytes = 36;

    private static readonly int[] Statuses = [400, 401, 403, 404, 408, 410, 416, 429, 500, 502, 503, 504];
    private static readonly string?[] Prefixes = ["/v2/", "/ambry/", "/ambry/", null];

    private readonly Random _random;

    internal FaultSchedule(int seed, TimeProvider? time = null)
    {
#pragma warning disable CA5394 // It is the point of it that it can be repeated.
        _random = new Random(seed);
        IsAnalytics = Chance(3);
        Options = new EmulatorOptions
        {
            ProcessingTime = TimeSpan.FromMilliseconds(Chance(2) ? 0 : Below(20)),
            Parts = 1 + Below(4),
            RowsPerPart = 1 + Below(60),
            RowsPeriod = EmulatorFixture.AllRows,
            Chunked = Chance(2),
            HeaderInEachPart = !Chance(4),
            ByteOrderMark = Chance(5),
            LineEnding = Chance(4) ? "\r\n" : "\n",
            Behavior = new() { NextExportStartAt = Chance(4) ? NextExportStart.ExportStart : NextExportStart.ExportEnd },
            OptionalFields = (OptionalFields)Below(3),
            UnknownFields = Chance(4),
            IdHeader = !Chance(4),
            QuotedActivities = Chance(2),
            RangeSupport = (RangeSupport)Below(6),
            FileValidator = (FileValidator)Below(6),
            ActivityInterval = TimeSpan.FromHours(1 + Below(12)),
            UploadUrlHeader = (UploadUrlHeader)(seed % 3),
            TimeProvider = time ?? TimeProvider.System,
        };
        Faults = [.. Enumerable.Range(0, 1 + Below(5)).Select(_ => One())];
    }

    internal bool IsAnalytics { get; }

    internal EmulatorOptions Options { get; }

    internal Fault[] Faults { get; }

    private Fault One()
    {
        Fault fault = Below(12) switch
        {
            0 => Fault.ResetBeforeEffect(),
            1 => Fault.ResetAfterEffect(),
            2 or 3 => Fault.TruncateBody(Below(3000)),
            4 => Fault.ShortBody(Below(FirstRowBytes)),
            5 => Fault.StallBody(Below(1000)), // Costs time, so once at most where the answers are small.
            6 => Fault.Status(
                Statuses[Below(Statuses.Length)],
                (FaultBody)Below(3),
                Chance(3) ? TimeSpan.FromSeconds(Below(3)) : null,
                Chance(2)
            ),
            7 => Fault.ExpiredLink(),
            8 => Fault.Redirect(new Uri(Chance(2) ? "https://evil.example/" : "http://127.0.0.1:9/")),
            9 => Fault.HtmlInsteadOfCsv(),
            10 => Chance(2) ? Fault.BadJson() : Fault.LeakySecret(),
            _ => Fault.Latency(TimeSpan.FromMilliseconds(Below(5))),
        };
        fault = fault with
        {
            PathPrefix = Prefixes[Below(Prefixes.Length)],
            Skip = Below(5),
            Times = Chance(10) ? int.MaxValue : 1 + Below(3),
        };
        return fault is { Kind: FaultKind.StallBody, PathPrefix: not "/ambry/" } ? fault with { Times = 1 } : fault;
    }

    private int Below(int end) => _random.Next(end);

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;
}
