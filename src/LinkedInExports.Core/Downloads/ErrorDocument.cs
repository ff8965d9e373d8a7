namespace LinkedInExports.Core.Downloads;

/// <summary>
/// Recognizes documents that servers and proxies send instead of a file, with a successful status, by their beginning. Plain
/// text is not recognized here, because only the columns of the export distinguish it from a table.
/// </summary>
internal static class ErrorDocument
{
    /// <summary>Describes a body that begins with these values, or returns null if it may be a table.</summary>
    internal static string? Detect(string[] firstRow)
    {
        if (firstRow.Length == 0)
            return null;

        string start = firstRow[0].TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return start.StartsWith("<", StringComparison.Ordinal) ? "a web page or XML"
            : IsJson(start) ? "JSON"
            : start.StartsWith("\u001F", StringComparison.Ordinal) ? "compressed (gzip) without a Content-Encoding header"
            : firstRow.Any(value => value.Any(character => character < ' ' && character is not ('\t' or '\r' or '\n')))
                ? "binary data"
            : null;
    }

    /// <summary>Whether a value is the beginning of JSON. A CRM id may be a GUID in braces.</summary>
    private static bool IsJson(string text)
    {
        if (text.Length == 0 || text[0] is not ('{' or '['))
            return false;
        string rest = text.Substring(1).TrimStart();
        return rest.Length == 0 || rest[0] is '"' or '\'' or '}' or ']' or '{' or '[';
    }
}
