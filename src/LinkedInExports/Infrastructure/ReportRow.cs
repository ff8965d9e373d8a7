using System.Management.Automation;
using System.Management.Automation.Internal;
using LinkedInExports.Core.Reports;

namespace LinkedInExports.Infrastructure;

/// <summary>The properties of any object, as PowerShell shows them.</summary>
internal sealed class ReportRow(PSObject row) : IReportRow
{
    private string[]? _names;

    public IReadOnlyList<string> Names => _names ??= GetNames();

    public object? this[string name] =>
        row.Properties[name]?.Value switch
        {
            null => null,
            PSObject value when value == AutomationNull.Value => null, // The result of a script without output.
            // CLIXML and remoting do not support DateTimeOffset; they serialize its properties.
            PSObject value => value.BaseObject is PSCustomObject && value.Properties["UtcDateTime"]?.Value is DateTime utc
                ? new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc))
                : value.BaseObject,
            object value => value,
        };

    /// <summary>
    /// Gets the names of the columns. A copy of a record also has its source and, if it was serialized, its aliases.
    /// </summary>
    private string[] GetNames()
    {
        IEnumerable<string> names = row.Properties.Where(property => property.IsGettable).Select(property => property.Name);
        if (RecordSource.PropertyNames.All(name => row.Properties[name] is not null))
            names = names.Except(RecordSource.PropertyNames, StringComparer.OrdinalIgnoreCase);
        if (row.TypeNames[0].StartsWith("Deserialized.LinkedInExports.", StringComparison.Ordinal))
            names = names.Except(["Type", "Member"], StringComparer.Ordinal);
        return [.. names];
    }
}
