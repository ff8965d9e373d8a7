using System.Globalization;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.ExportJobs.History;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Time;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Downloads;

/// <summary>The state that the jobs of a run share: services, options, limits of concurrency, and the deadline.</summary>
internal sealed class SaveContext : IDisposable
{
    private readonly Deadline _deadline;
    private readonly CancellationToken _cancellationToken;
    private readonly HashSet<string> _warnings = [];
    private LinkedInException? _permanentFailure;

    internal SaveContext(
        SaveServices services,
        SaveOptions options,
        TimeSpan? timeLeft,
        SaveOutput output,
        CancellationToken cancellationToken
    )
    {
        Services = services;
        Options = options;
        Output = output;
        Progress = new SaveProgress(output.Diagnostics, services.Time);
        JobSlots = new SemaphoreSlim(options.ThrottleLimit);
        FileSlots = new SemaphoreSlim(options.ThrottleLimit);
        _cancellationToken = cancellationToken;
        _deadline = services.Time.CreateDeadline(timeLeft, cancellationToken);
    }

    internal SaveServices Services { get; }

    internal SaveOptions Options { get; }

    internal SaveOutput Output { get; }

    internal IDiagnostics Diagnostics => Output.Diagnostics;

    internal SaveProgress Progress { get; }

    internal SemaphoreSlim JobSlots { get; }

    internal SemaphoreSlim FileSlots { get; }

    /// <summary>A token that is canceled by the user, and when the time of the run is over.</summary>
    internal CancellationToken Token => _deadline.Token;

    /// <summary>Whether the time of the run is over, and the user has not canceled it.</summary>
    internal bool IsTimedOut => _deadline.IsExpired;

    /// <summary>
    /// Whether the links of a job were rejected until its timeout, and no link was accepted since. Other jobs then do not wait
    /// for new links.
    /// </summary>
    internal bool AreLinksRejected { get; set; }

    public void Dispose()
    {
        _deadline.Dispose();
        JobSlots.Dispose();
        FileSlots.Dispose();
    }

    /// <summary>Sends a request, unless an earlier one failed for a reason that affects all requests.</summary>
    /// <param name="operation">The operation, as in "Could not …".</param>
    /// <param name="target">The item that fails without the request.</param>
    /// <param name="send">Sends the request.</param>
    internal async Task<T> SendAsync<T>(SanitizedText operation, string target, Func<Task<T>> send)
    {
        try
        {
            if (Volatile.Read(ref _permanentFailure) is { } permanentFailure)
            {
                throw new LinkedInException(
                    permanentFailure.Id,
                    $"Could not {operation}; not attempted, because an earlier request failed. {permanentFailure.Message}",
                    permanentFailure
                )
                {
                    AffectsAllRequests = true,
                    StatusCode = permanentFailure.StatusCode,
                    Target = target,
                };
            }

            return await send().ConfigureAwait(false);
        }
        catch (LinkedInException failure) when (failure.AffectsAllRequests)
        {
            Interlocked.CompareExchange(ref _permanentFailure, failure, null);
            throw;
        }
    }

    /// <summary>Converts an exception to the error of an item.</summary>
    /// <exception cref="OperationCanceledException">The user has canceled the run.</exception>
    internal LinkedInException ToError(Exception exception, ExportJob job, SanitizedText operation, string target)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return exception is LinkedInException failure ? failure
            : IsTimedOut
                ? new LinkedInException(
                    LinkedInErrorId.SaveTimedOut,
                    $"Could not {operation} within {Options.StopAfter:c}. To save what is left: {job.GetResumeCommand()} | "
                        + "Save-ExportFile"
                )
                {
                    Target = target,
                }
            : LinkedInException.FromUnexpected(operation, exception, target);
    }

    /// <summary>Writes a warning that applies to several files once.</summary>
    internal void WarnOnce(string key, SanitizedText text)
    {
        lock (_warnings)
        {
            if (!_warnings.Add(key))
                return;
        }

        Diagnostics.Warning(text);
    }

    internal static string FormatId(ExportJob job) => job.JobId.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The services of a save.</summary>
/// <param name="Pipeline">The pipeline that sends requests.</param>
/// <param name="Jobs">The client that gets jobs.</param>
/// <param name="Time">The clock.</param>
/// <param name="Retry">The settings for retries and timeouts.</param>
/// <param name="Api">Host and port of the API.</param>
/// <param name="FileSystem">The file system.</param>
internal sealed record SaveServices(
    RequestPipeline Pipeline,
    ExportJobClient Jobs,
    TimeProvider Time,
    RetryOptions Retry,
    string Api,
    FileSystem FileSystem
)
{
    /// <summary>The observer that is notified of saved jobs, or null.</summary>
    internal ISavedJobObserver? Observer { get; init; }

    /// <summary>Records saved jobs.</summary>
    internal required JobRecorder Recorder { get; init; }
}
