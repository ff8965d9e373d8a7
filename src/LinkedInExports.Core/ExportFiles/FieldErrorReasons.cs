namespace LinkedInExports.Core.ExportFiles;

/// <summary>The reasons why a value of a documented column is invalid, for messages.</summary>
internal static class FieldErrorReasons
{
    internal const string Empty = "is empty";
    internal const string NotMilliseconds = "is not a time in milliseconds since 1970";
    internal const string NotActivityTime = "is not a time in the format MM-dd-yyyy HH:mm:ss";
    internal const string NotInteger = "is not an integer";
}
