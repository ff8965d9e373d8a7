using LinkedInExports.Core.Reports;

namespace LinkedInExports.Core.Tests.Reports;

/// <summary>An object with properties.</summary>
internal sealed class TestRow : IReportRow
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Names { get; private init; } = [];

    public object? this[string name] => _values.GetValueOrDefault(name);

    internal static TestRow Create(params (string Name, object? Value)[] values)
    {
        var row = new TestRow { Names = [.. values.Select(value => value.Name)] };
        foreach ((string name, object? value) in values)
            row._values[name] = value;
        return row;
    }
}
