namespace LinkedInExports.Core.Time;

/// <summary>Arithmetic for times that come from a server, a file or a user and may be at either end of the calendar.</summary>
internal static class DateTimeOffsetExtensions
{
    /// <summary>
    /// Adds a time span. A result before year 1 or after year 9999 becomes the first or the last instant, in UTC.
    /// </summary>
    internal static DateTimeOffset AddSaturating(this DateTimeOffset time, TimeSpan span) =>
        span.Ticks < -time.UtcTicks ? DateTimeOffset.MinValue
        : span.Ticks > DateTimeOffset.MaxValue.UtcTicks - time.UtcTicks ? DateTimeOffset.MaxValue
        : new DateTimeOffset(time.UtcTicks + span.Ticks, TimeSpan.Zero);

    /// <summary>Subtracts a time span, as <see cref="AddSaturating"/> adds one.</summary>
    /// <param name="time">The time to subtract from.</param>
    /// <param name="span">Zero or more.</param>
    internal static DateTimeOffset SubtractSaturating(this DateTimeOffset time, TimeSpan span) => time.AddSaturating(-span);
}
