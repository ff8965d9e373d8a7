using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Contracts;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Quotas;

namespace LinkedInExports.Emulator.Cli;

/// <summary>The parsed options of the command line.</summary>
internal sealed class CommandLine
{
    private const int DefaultPort = 5005;
    private const long Year = 365 * 24 * 3600;

    private readonly Queue<string> _arguments;
    private readonly ArgumentValue _value;
    private int _port = DefaultPort;
    private string? _token;
    private int _parts = 3;
    private long _rows = 1000;
    private TimeSpan _rowsPeriod = new EmulatorOptions().RowsPeriod;
    private RangeSupport _rangeSupport = new EmulatorOptions().RangeSupport;
    private FileValidator _fileValidator = new EmulatorOptions().FileValidator;
    private OptionalFields _optionalFields;
    private EmulatorBehavior _behavior = new();
    private TimeSpan _processingTime = TimeSpan.FromSeconds(3);
    private TimeSpan _linkLifetime = TimeSpan.FromHours(1);
    private long _firstJobId = 148;
    private string[] _extraColumns = [];
    private bool _headerInEachPart = true;
    private bool _chunked;
    private int _contracts = 3;
    private TimeSpan _activityInterval = TimeSpan.FromHours(1);
    private long _firstAnalyticsJobId = 100004;
    private TimeSpan? _oversizedBeyond;
    private string _clientId = new EmulatorOptions().ClientId;
    private string? _clientSecret;
    private string? _refreshToken;
    private TimeSpan _tokenLifetime = TimeSpan.FromMinutes(30);
    private bool _rotateRefreshTokens;
    private int _freshTokenRefusals;
    private TimeSpan _latency;
    private int _loggedRequests = int.MaxValue;
    private TimeSpan _uploadLinkLifetime = TimeSpan.FromHours(1);
    private int _recordsPerMinute = new EmulatorOptions().RecordsPerMinute;
    private long _requestsPerDay = new EmulatorOptions().RequestsPerDay;
    private QuotaWindow _quotaWindow;
    private QuotaRetryAfter _quotaRetryAfter;
    private bool _inferResumeMethod;
    private bool _tunnelledDelete;
    private bool _acceptSeconds;
    private bool _deleteUnknownSucceeds;
    private TimeProvider _time = TimeProvider.System;
    private bool _judgesConformance;

    private CommandLine(IEnumerable<string> arguments)
    {
        _arguments = new Queue<string>(arguments);
        _value = new ArgumentValue(_arguments);
    }

    public bool IsHelpRequested { get; private set; }

    /// <summary>The incident file to replay, or <c>null</c>.</summary>
    public string? ReplayPath { get; private set; }

    /// <summary>The number by which the delays of a replay are divided.</summary>
    public double Speed { get; private set; } = 1;

    public EmulatorOptions Options =>
        new()
        {
            Port = _port,
            AccessToken = _token,
            Parts = _parts,
            RowsPerPart = _rows,
            RowsPeriod = _rowsPeriod,
            RangeSupport = _rangeSupport,
            FileValidator = _fileValidator,
            OptionalFields = _optionalFields,
            Behavior = _behavior,
            ProcessingTime = _processingTime,
            LinkLifetime = _linkLifetime,
            FirstJobId = _firstJobId,
            ExtraColumns = _extraColumns,
            HeaderInEachPart = _headerInEachPart,
            Chunked = _chunked,
            Contracts = EmulatedContract.CreateSamples(_contracts),
            ActivityInterval = _activityInterval,
            FirstAnalyticsJobId = _firstAnalyticsJobId,
            OversizedBeyond = _oversizedBeyond,
            ClientId = _clientId,
            ClientSecret = _clientSecret,
            RefreshToken = _refreshToken,
            TokenLifetime = _tokenLifetime,
            RotateRefreshTokens = _rotateRefreshTokens,
            FreshTokenRefusals = _freshTokenRefusals,
            Latency = _latency,
            LoggedRequests = _loggedRequests,
            UploadLinkLifetime = _uploadLinkLifetime,
            RecordsPerMinute = _recordsPerMinute,
            RequestsPerDay = _requestsPerDay,
            QuotaWindow = _quotaWindow,
            QuotaRetryAfter = _quotaRetryAfter,
            InferResumeMethod = _inferResumeMethod,
            TunnelledDelete = _tunnelledDelete,
            RefuseSeconds = !_acceptSeconds,
            DeleteUnknownSucceeds = _deleteUnknownSucceeds,
            TimeProvider = _time,
            JudgesConformance = _judgesConformance,
        };

    /// <exception cref="FormatException">An option is unknown, or its value is missing or invalid.</exception>
    public static CommandLine Parse(IEnumerable<string> arguments)
    {
        // --name=value and --name value are equivalent.
        var line = new CommandLine(
            arguments.SelectMany(argument =>
                argument.StartsWith("--", StringComparison.Ordinal) ? argument.Split('=', 2) : [argument]
            )
        );
        while (line._arguments.TryDequeue(out string? name))
            line.Read(name);
        return line;
    }

    private void Read(string name)
    {
        switch (name)
        {
            case "--help" or "-h" or "-?":
                IsHelpRequested = true;
                break;
            case "--replay":
                ReplayPath = _value.ReadText(name);
                break;
            case "--speed":
                Speed = _value.ReadNumber(name, 1_000_000, min: 1);
                break;
            case "--port":
                _port = (int)_value.ReadNumber(name, 65535);
                break;
            case "--token":
                _token = _value.ReadText(name);
                break;
            case "--parts":
                _parts = (int)_value.ReadNumber(name, 10_000);
                break;
            case "--rows":
                _rows = _value.ReadNumber(name, 1_000_000_000);
                break;
            case "--rows-period":
                _rowsPeriod = TimeSpan.FromDays(_value.ReadNumber(name, 3650, min: 1));
                break;
            case "--range-support":
                _rangeSupport = _value.ReadWord<RangeSupport>(name);
                break;
            case "--file-validator":
                _fileValidator = _value.ReadWord<FileValidator>(name);
                break;
            case "--optional-fields":
                _optionalFields = _value.ReadWord<OptionalFields>(name);
                break;
            case "--processing-time":
                _processingTime = _value.ReadSeconds(name);
                break;
            case "--link-lifetime":
                _linkLifetime = _value.ReadSeconds(name);
                break;
            case "--first-job-id":
                _firstJobId = _value.ReadNumber(name, long.MaxValue / 2);
                break;
            case "--extra-columns":
                _extraColumns = _value.ReadNames(name);
                break;
            case "--no-repeated-header":
                _headerInEachPart = false;
                break;
            case "--chunked":
                _chunked = true;
                break;
            case "--contracts":
                _contracts = (int)_value.ReadNumber(name, 10_000);
                break;
            case "--activity-interval":
                _activityInterval = TimeSpan.FromSeconds(_value.ReadNumber(name, Year, min: 1));
                break;
            case "--first-analytics-job-id":
                _firstAnalyticsJobId = _value.ReadNumber(name, long.MaxValue / 2);
                break;
            case "--oversized-beyond":
                _oversizedBeyond = TimeSpan.FromDays(_value.ReadNumber(name, 90));
                break;
            case "--client-id":
                _clientId = _value.ReadText(name);
                break;
            case "--client-secret":
                _clientSecret = _value.ReadText(name);
                break;
            case "--refresh-token":
                _refreshToken = _value.ReadText(name);
                break;
            case "--token-lifetime":
                _tokenLifetime = _value.ReadSeconds(name);
                break;
            case "--rotate-refresh-tokens":
                _rotateRefreshTokens = true;
                break;
            case "--fresh-token-refusals":
                _freshTokenRefusals = (int)_value.ReadNumber(name, 10_000);
                break;
            case "--latency":
                _latency = _value.ReadSeconds(name);
                break;
            case "--logged-requests":
                _loggedRequests = (int)_value.ReadNumber(name, int.MaxValue);
                break;
            case "--upload-link-lifetime":
                _uploadLinkLifetime = _value.ReadSeconds(name);
                break;
            case "--records-per-minute":
                _recordsPerMinute = (int)_value.ReadNumber(name, 1_000_000_000);
                break;
            case "--requests-per-day":
                _requestsPerDay = _value.ReadNumber(name, long.MaxValue);
                break;
            case "--quota-window":
                _quotaWindow = _value.ReadWord<QuotaWindow>(name);
                break;
            case "--quota-retry-after":
                _quotaRetryAfter = _value.ReadWord<QuotaRetryAfter>(name);
                break;
            case "--conformance":
                _judgesConformance = true;
                break;
            case "--time-scale":
                _time = new ScaledTimeProvider(_value.ReadNumber(name, 100_000, min: 1));
                break;
            case "--infer-resume-method":
                _inferResumeMethod = true;
                break;
            case "--tunnelled-delete":
                _tunnelledDelete = true;
                break;
            case "--accept-seconds":
                _acceptSeconds = true;
                break;
            case "--delete-unknown-succeeds":
                _deleteUnknownSucceeds = true;
                break;
            default:
                if (!BehaviorArguments.TryRead(ref _behavior, name, _value))
                    throw new FormatException($"Unknown option '{name}'.");
                break;
        }
    }
}
