namespace LinkedInExports.Text;

/// <summary>Replaces an exception of the runtime whose text contains a secret or control characters.</summary>
internal sealed class SanitizedException : Exception
{
    private readonly string _type;
    private readonly string? _stackTrace;

    private SanitizedException(Exception original)
        : base(Sanitizer.Sanitize(original.Message), Sanitize(original.InnerException))
    {
        _type = original.GetType().FullName!;
        _stackTrace = original.StackTrace;
        HResult = original.HResult;
    }

    /// <inheritdoc/>
    public override string? StackTrace => _stackTrace;

    /// <summary>Gets the exception if all of its text is safe to show, otherwise a copy with sanitized text.</summary>
    internal static Exception? Sanitize(Exception? exception) =>
        exception is null || IsSafe(exception) ? exception : new SanitizedException(exception);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{_type}: {Message}{Environment.NewLine}{_stackTrace}"
        + (InnerException is { } inner ? $"{Environment.NewLine}---> {inner}" : "");

    private static bool IsSafe(Exception exception)
    {
        if (exception is LinkedInException or SanitizedException)
            return true;
        if (Sanitizer.Sanitize(exception.Message) != exception.Message.Replace(Environment.NewLine, " "))
            return false;
        return exception is AggregateException several
            ? several.InnerExceptions.All(IsSafe)
            : exception.InnerException is not { } inner || IsSafe(inner);
    }
}
