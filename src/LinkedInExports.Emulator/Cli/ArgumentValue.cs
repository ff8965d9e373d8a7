using System.Globalization;

namespace LinkedInExports.Emulator.Cli;

/// <summary>Reads the values of options from the remaining arguments.</summary>
/// <exception cref="FormatException">A value is missing or invalid.</exception>
internal sealed class ArgumentValue(Queue<string> arguments)
{
    public string ReadText(string name) =>
        arguments.TryDequeue(out string? value) && !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new FormatException($"{name} requires a value.");

    public string[] ReadNames(string name) =>
        ReadText(name).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public T ReadWord<T>(string name)
        where T : struct, Enum => (T)ReadWord(typeof(T), name);

    /// <summary>Reads the name of an enumeration value, such as <c>data-and-header</c> or <c>dataandheader</c>.</summary>
    public object ReadWord(Type type, string name)
    {
        string text = ReadText(name);
        string plain = text.Replace("-", "", StringComparison.Ordinal);
        return Array.Find(Enum.GetNames(type), keyword => keyword.Equals(plain, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse(type, found)
            : throw new FormatException(
                $"{name} must be one of {string.Join(", ", Enum.GetNames(type).Select(ToWord))}, not '{text}'."
            );
    }

    public long ReadNumber(string name, long max, long min = 0)
    {
        string text = ReadText(name);
        return
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= min && value <= max
            ? value
            : throw new FormatException($"{name} must be an integer from {min} to {max}, not '{text}'.");
    }

    public long ReadSignedNumber(string name)
    {
        string text = ReadText(name);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new FormatException($"{name} must be an integer, not '{text}'.");
    }

    public TimeSpan ReadSeconds(string name) => ReadSecondsOr(name, null, default);

    /// <summary>Reads a number of seconds, or a word that represents a time.</summary>
    public TimeSpan ReadSecondsOr(string name, string? keyword, TimeSpan keywordValue)
    {
        const double Max = 30 * 24 * 3600;
        string text = ReadText(name);
        if (text.Equals(keyword, StringComparison.OrdinalIgnoreCase))
            return keywordValue;
        return
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value <= Max
            ? TimeSpan.FromSeconds(value)
            : throw new FormatException(
                $"{name} must be a number of seconds from 0 to {Max}{(keyword is null ? "" : $" or {keyword}")}, not '{text}'."
            );
    }

    private static string ToWord(string name) => BehaviorArguments.GetName(name)[2..];
}
