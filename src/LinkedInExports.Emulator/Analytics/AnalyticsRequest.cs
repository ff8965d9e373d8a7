using LinkedInExports.Emulator.Contracts;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>The parameters of a job. The range is closed, in epoch milliseconds.</summary>
internal sealed record AnalyticsRequest(long StartAt, long EndAt, long Contract)
{
    private const long MaxRange = 90L * 24 * 60 * 60 * 1000;

    // Some years from the limits of DateTime, so that derived times are valid too.
    private static readonly long MaxValue = new DateTimeOffset(9990, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long MinValue = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();

    public TimeSpan Range => TimeSpan.FromMilliseconds(EndAt - StartAt);

    /// <summary>Reads the body <c>{"startAt": ms, "endAt": ms, "contract": urn}</c>. Other fields are errors.</summary>
    /// <returns>An error message, or <c>null</c>.</returns>
    public static string? Read(EmulatorRequest request, out AnalyticsRequest parameters)
    {
        parameters = new(0, 0, 0);
        long startAt = 0;
        long endAt = 0;
        string urn = "";
        string? problem = StrictBody.Read(
            request,
            BodyField.Long("startAt", value => startAt = value),
            BodyField.Long("endAt", value => endAt = value),
            BodyField.Text("contract", value => urn = value)
        );
        if (problem is not null)
            return problem;
        if (EmulatedContractUrn.Parse(urn) is not { } contract)
            return $"ERROR :: /contract :: '{urn}' cannot be coerced to ContractUrn: expected urn:li:contract:{{id}}";
        if (startAt < MinValue || startAt > MaxValue)
            return "ERROR :: /startAt :: is not a time in epoch milliseconds";
        if (endAt < MinValue || endAt > MaxValue)
            return "ERROR :: /endAt :: is not a time in epoch milliseconds";
        if (endAt < startAt)
            return "The time range is invalid: endAt is before startAt";
        if (endAt - startAt > MaxRange)
            return "The time range is invalid: it must not exceed 90 days";
        parameters = new(startAt, endAt, contract);
        return null;
    }
}
