namespace LinkedInExports.Core.Tests.Support;

/// <summary>Reads the streams of operations.</summary>
internal static class StreamExtensions
{
    /// <summary>Reads a stream to its end and records each result together with the diagnostics.</summary>
    internal static async Task RecordAsync<T>(this IAsyncEnumerable<T> stream, RecordingOutput recorder)
        where T : notnull
    {
        await foreach (T result in stream)
            recorder.Output(result);
    }

    /// <summary>Reads a stream to its end.</summary>
    internal static async Task<List<T>> ReadAllAsync<T>(this IAsyncEnumerable<T> stream)
    {
        var all = new List<T>();
        await foreach (T result in stream)
            all.Add(result);
        return all;
    }

    /// <summary>Reads a list to its end and records each result together with the diagnostics.</summary>
    internal static void Record<T>(this IEnumerable<T> results, RecordingOutput recorder)
        where T : notnull
    {
        foreach (T result in results)
            recorder.Output(result);
    }
}
