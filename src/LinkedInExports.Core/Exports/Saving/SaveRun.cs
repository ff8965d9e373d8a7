using System.Globalization;
using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Messages;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Exports.Saving;

/// <summary>What the jobs of one run share: how to reach LinkedIn and the disk, how many may work, and when it is over.</summary>
internal sealed class SaveRun : IDisposable
{
    private readonly Deadline _deadline;
    private readonly CancellationToken _cancellationToken;
    private readonly FirstRequest _first = new();
    private readonly HashSet<string> _said = [];
    private LinkedInException? _ending;

    internal SaveRun(SaveServices services, SaveOptions options, TimeSpan timeLeft, ICommandOutput messages, CancellationToken cancellationToken)
    {
        Services = services;
        Options = options;
        Messages = messages;
        Progress = new SaveProgress(messages, services.Time);
        JobSlots = new SemaphoreSlim(options.ThrottleLimit);
        FileSlots = new SemaphoreSlim(options.ThrottleLimit);
        _cancellationToken = cancellationToken;
        _deadline = services.Time.CreateDeadline(timeLeft, cancellationToken);
    }

    internal SaveServices Services { get; }

    internal SaveOptions Options { get; }

    internal ICommandOutput Messages { get; }

    internal SaveProgress Progress { get; }

    internal SemaphoreSlim JobSlots { get; }

    internal SemaphoreSlim FileSlots { get; }

    /// <summary>Is canceled by the user, and when the time of the run is over.</summary>
    internal CancellationToken Token => _deadline.Token;

    /// <summary>Whether the time of the run is over, and the user has not canceled it.</summary>
    internal bool IsTimeOver => _deadline.IsExpired;

    /// <summary>
    /// Whether the links of a job were rejected until its patience ended, and none was accepted since: then it is not worth while
    /// to be as patient with the next job.
    /// </summary>
    internal bool AreLinksRejected { get; set; }

    public void Dispose()
    {
        _deadline.Dispose();
        JobSlots.Dispose();
        FileSlots.Dispose();
    }

    /// <summary>Sends a request, unless an earlier one has failed in a way that no other can succeed.</summary>
    /// <param name="what">What it does, as in "Could not …".</param>
    /// <param name="target">What fails without it.</param>
    /// <param name="send">Sends it, and calls its argument when there is an answer.</param>
    internal async Task<T> SendAsync<T>(SanitizedText what, string target, Func<Action, Task<T>> send)
    {
        bool isFirst = await _first.EnterAsync(Services.Time, Token).ConfigureAwait(false);
        try
        {
            if (Volatile.Read(ref _ending) is { } ending)
            {
                throw new LinkedInException(ending.Id, $"Could not {what}; not attempted, because an earlier request failed. {ending.Message}", ending)
                { IsPermanent = true, StatusCode = ending.StatusCode, Target = target };
            }

            return await send(_first.Answer).ConfigureAwait(false);
        }
        catch (LinkedInException failure) when (failure.IsPermanent)
        {
            Interlocked.CompareExchange(ref _ending, failure, null);
            throw;
        }
        finally
        {
            if (isFirst)
                _first.Answer();
        }
    }

    /// <summary>The error of one item that an exception ended.</summary>
    /// <exception cref="OperationCanceledException">The user has canceled the run.</exception>
    internal LinkedInException ErrorOf(Exception exception, ExportJob job, SanitizedText what, string target)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        return exception is LinkedInException failure ? failure
            : IsTimeOver ? new LinkedInException(
                LinkedInErrorId.SaveTimedOut,
                $"Could not {what} within {Options.StopAfter:c}. To save what is left: {ExportJobs.HowToGoOn(job)} | Save-ExportFile")
            { Target = target }
            : LinkedInException.FromUnexpected(what, exception, target);
    }

    /// <summary>Warns of what is the same for all files, once.</summary>
    internal void WarnOnce(string key, SanitizedText text)
    {
        lock (_said)
        {
            if (!_said.Add(key))
                return;
        }

        Messages.Warning(text);
    }

    internal static string IdOf(ExportJob job) => job.JobId.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a saver works with.</summary>
/// <param name="Pipeline">The way to LinkedIn.</param>
/// <param name="Jobs">Asks for jobs.</param>
/// <param name="Time">The clock.</param>
/// <param name="Retry">How patient to be.</param>
/// <param name="Api">Host and port of the API.</param>
/// <param name="Files">The disk.</param>
internal sealed record SaveServices(RequestPipeline Pipeline, ExportJobs Jobs, TimeProvider Time, RetryOptions Retry, string Api, FileSystem Files);
