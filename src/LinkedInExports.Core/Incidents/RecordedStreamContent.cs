namespace LinkedInExports.Core.Incidents;

/// <summary>The content of a recorded response.</summary>
internal sealed class RecordedStreamContent(Stream body, ExchangeRecorder recorder)
    : StreamContent(new RecordedStream(body, recorder))
{
    /// <summary>Records the number of rows of a file, which its reader has counted.</summary>
    internal static void SetRowCount(HttpResponseMessage response, long rows) =>
        (response.Content as RecordedStreamContent)?.SetRowCount(rows);

    private void SetRowCount(long rows) => recorder.SetRowCount(rows);
}
