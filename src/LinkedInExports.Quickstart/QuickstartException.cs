namespace LinkedInExports.Quickstart;

/// <summary>An error with a message for the user.</summary>
internal sealed class QuickstartException(string message) : Exception(message);
