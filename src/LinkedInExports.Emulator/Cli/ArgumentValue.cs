using System.Globalization;

namespace LinkedInExports.Emulator.Cli;

/// <summary>Takes the values of options from the rest of the command line.</summary>
/// <exception cref="FormatException">All of it throws it where a value is missing or not understood.</exception>
internal sealed class ArgumentValue(Queue<string> arguments)
{
    public string ReadText(string name) =>
        arguments.TryDequeue(out string? value) && !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new FormatException($"{name} needs a value.");

    public string[] ReadNames(string name) =>
        ReadText(name).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public T ReadWord<T>(string name)
        where T : struct, Enum => (T)ReadWord(typeof(T), name);

    /// <summary>One of the names of an enumeration, as <c>data-and-header</c> or <c>dataandheader</c>.</summary>
    public object ReadWord(Type type, string name)
    {
        string text = ReadText(name);
        string plain = text.Replace("-", "", StringComparison.Ordinal);
        return Array.Find(Enum.GetNames(type), word => word.Equals(plain, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse(type, found)
            : throw new FormatException(
                $"{name} takes one of {string.Join(", ", Enum.GetNames(type).Select(ToWord))}, not '{text}'."
            );
    }

    public long ReadNumber(string name, long greatest, long least = 0)
    {
        string text = ReadText(name);
        return
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            && value >= least
            && value <= greatest
            ? value
            : throw new FormatException($"{name} takes a whole number from {least} to {greatest}, not '{text}'.");
    }

    public long ReadSignedNumber(string name)
    {
        string text = ReadText(name);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new FormatException($"{name} takes a whole number, not '{text}'.");
    }

    public TimeSpan ReadSeconds(string name) => ReadSecondsOr(name, null, default);

    /// <summary>Seconds, or what a word stands for.</summary>
    public TimeSpan ReadSecondsOr(string name, string? word, TimeSpan meaning)
    {
        const double Greatest = 30 * 24 * 3600;
        string text = ReadText(name);
        if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            return meaning;
        return
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value <= Greatest
            ? TimeSpan.FromSeconds(value)
            : throw new FormatException(
                $"{name} takes seconds from 0 to {Greatest}{(word is null ? "" : $" or {word}")}, not '{text}'."
            );
    }

    private static string ToWord(string name) => BehaviorArguments.GetName(name)[2..];
}
