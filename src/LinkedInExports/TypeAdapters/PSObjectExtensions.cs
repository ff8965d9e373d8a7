using System.Management.Automation;

namespace LinkedInExports.TypeAdapters;

internal static class PSObjectExtensions
{
    /// <summary>
    /// Removes PowerShell's wrapper of a value. A custom object, which has properties only, is returned unchanged.
    /// </summary>
    internal static object? Unwrap(this object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
