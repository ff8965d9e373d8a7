using System.Management.Automation;
using System.Management.Automation.Internal;
using LinkedInExports.Core.Reports;

namespace LinkedInExports.Infrastructure;

/// <summary>The properties of any object, as PowerShell shows them.</summary>
internal sealed class ReportRow(PSObject row) : IReportRow
{
    private string[]? _names;

    public IReadOnlyList<string> Names =>
        _names ??= [.. row.Properties.Where(property => property.IsGettable).Select(property => property.Name)];

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
}
