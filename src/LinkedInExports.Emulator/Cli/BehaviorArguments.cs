using System.Reflection;
using System.Text;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Control;

namespace LinkedInExports.Emulator.Cli;

/// <summary>
/// The options that set an <see cref="EmulatorBehavior"/>. Each property has an option, for example <c>--links-missing-for</c>
/// for <see cref="EmulatorBehavior.LinksMissingFor"/>.
/// </summary>
internal static class BehaviorArguments
{
    private static readonly Dictionary<string, PropertyInfo> Properties = typeof(EmulatorBehavior)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .ToDictionary(property => GetName(property.Name), StringComparer.Ordinal);

    public static IEnumerable<string> Names => Properties.Keys;

    /// <summary>Reads the value of an option.</summary>
    /// <param name="behavior">The behavior to change.</param>
    /// <param name="name">The name of the option.</param>
    /// <param name="value">The reader of the value.</param>
    /// <returns>False if the option does not exist.</returns>
    /// <exception cref="FormatException">The value is missing or invalid.</exception>
    public static bool TryRead(ref EmulatorBehavior behavior, string name, ArgumentValue value)
    {
        if (!Properties.TryGetValue(name, out PropertyInfo? property))
            return false;
        EmulatorBehavior changed = behavior with { };
        property.SetValue(changed, Parse(property.PropertyType, name, value));
        try
        {
            changed.Validate();
        }
        catch (ArgumentException)
        {
            throw new FormatException($"The value of {name} is out of range.");
        }

        behavior = changed;
        return true;
    }

    /// <summary>Gets the option of a property, for example <c>--links-missing-for</c> for <c>LinksMissingFor</c>.</summary>
    public static string GetName(string property)
    {
        var name = new StringBuilder("-");
        foreach (char c in property)
        {
            if (char.IsAsciiLetterUpper(c))
                name.Append('-');
            name.Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }

    private static object Parse(Type type, string name, ArgumentValue value)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(TimeSpan))
            return value.ReadSecondsOr(name, SecondsConverter.Forever, EmulatorBehavior.Forever);
        if (plain == typeof(string[]))
            return value.ReadNames(name);
        if (plain == typeof(int))
            return (int)value.ReadNumber(name, int.MaxValue);
        if (plain == typeof(long))
            return value.ReadSignedNumber(name);
        if (plain.IsEnum)
            return value.ReadWord(plain, name);
        return value.ReadText(name);
    }
}
