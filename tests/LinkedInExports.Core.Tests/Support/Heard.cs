using LinkedInExports.Core.Messages;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>Keeps everything that work says.</summary>
internal sealed class Heard : ICommandOutput
{
    private readonly object _gate = new();
    private readonly List<(string Stream, object Content)> _all = [];

    internal IReadOnlyList<(string Stream, object Content)> All
    {
        get
        {
            lock (_gate)
                return [.. _all];
        }
    }

    internal object[] Outputs => Of<object>("Output");

    internal LinkedInException[] Errors => Of<LinkedInException>("Error");

    internal string[] Warnings => Of<string>("Warning");

    internal string[] VerboseLines => Of<string>("Verbose");

    internal ProgressUpdate[] ProgressUpdates => Of<ProgressUpdate>("Progress");

    /// <summary>Runs for each message, before it is kept; may throw.</summary>
    internal Action<string, object>? OnMessage { get; set; }

    public void Output(object value) => Keep("Output", value);

    public void Error(LinkedInException error) => Keep("Error", error);

    public void Warning(SanitizedText text) => Keep("Warning", text.ToString());

    public void Verbose(SanitizedText text) => Keep("Verbose", text.ToString());

    public void Debug(SanitizedText text) => Keep("Debug", text.ToString());

    public void Progress(ProgressUpdate update) => Keep("Progress", update);

    /// <summary>Keeps a message that was heard elsewhere.</summary>
    internal void Said(string stream, string text) => Keep(stream, text);

    /// <summary>All text that a user could see, for a search after secrets.</summary>
    internal string Everything() => string.Join("\n", All.Select(message => message.Content is Exception error ? error.ToString() : message.Content.ToString()));

    private T[] Of<T>(string stream) => [.. All.Where(message => message.Stream == stream).Select(message => (T)message.Content)];

    private void Keep(string stream, object content)
    {
        OnMessage?.Invoke(stream, content);
        lock (_gate)
            _all.Add((stream, content));
    }
}
