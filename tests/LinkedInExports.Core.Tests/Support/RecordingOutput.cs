using LinkedInExports.Core.Output;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>Records all output.</summary>
internal sealed class RecordingOutput : ICommandOutput
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

    internal object[] Outputs => GetOutputs<object>("Output");

    internal LinkedInException[] Errors => GetOutputs<LinkedInException>("Error");

    internal string[] Warnings => GetOutputs<string>("Warning");

    internal string[] VerboseLines => GetOutputs<string>("Verbose");

    internal ProgressUpdate[] ProgressUpdates => GetOutputs<ProgressUpdate>("Progress");

    /// <summary>Runs for each message before it is recorded; may throw.</summary>
    internal Action<string, object>? OnMessage { get; set; }

    public void Output(object value) => Record("Output", value);

    public void Error(LinkedInException error) => Record("Error", error);

    public bool IncludesDetails { get; init; } = true;

    public void Warning(SanitizedText text) => Record("Warning", text.ToString());

    public void Verbose(SanitizedText text) => Record("Verbose", text.ToString());

    public void Debug(SanitizedText text) => Record("Debug", text.ToString());

    public void Progress(ProgressUpdate update) => Record("Progress", update);

    /// <summary>Records a message of another output.</summary>
    internal void HasMessage(string stream, string text) => Record(stream, text);

    /// <summary>All text that a user could see, to search it for secrets.</summary>
    internal string GetAllText() =>
        string.Join(
            "\n",
            All.Select(message => message.Content is Exception error ? error.ToString() : message.Content.ToString())
        );

    private T[] GetOutputs<T>(string stream) =>
        [.. All.Where(message => message.Stream == stream).Select(message => (T)message.Content)];

    private void Record(string stream, object content)
    {
        OnMessage?.Invoke(stream, content);
        lock (_gate)
            _all.Add((stream, content));
    }
}
