namespace LinkedInExports.Quickstart;

/// <summary>The run failed; the message is for the user.</summary>
internal sealed class QuickstartException(string message) : Exception(message);
