using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Threading;

namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>Uploads resume files, several at a time.</summary>
public sealed class ResumeUploader
{
    private readonly ResumeUploadClient _uploads;
    private readonly UploadDestination _destination;
    private readonly ResumeQuota _quota;
    private readonly int _throttleLimit;

    internal ResumeUploader(ResumeUploadClient uploads, UploadDestination destination, ResumeQuota quota, int throttleLimit)
    {
        _uploads = uploads;
        _destination = destination;
        _quota = quota;
        _throttleLimit = throttleLimit;
    }

    /// <summary>Uploads files while the caller provides more. A file that cannot be uploaded is reported as an error.</summary>
    /// <param name="paths">The full paths of the files.</param>
    /// <param name="diagnostics">Receives errors and diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The uploaded files, in the order in which their uploads end.</returns>
    public IAsyncEnumerable<UploadedResume> UploadAsync(
        IAsyncEnumerable<string> paths,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) => ResultStream.Create<UploadedResume>((results, token) => RunAsync(paths, results, diagnostics, token), cancellationToken);

    private async Task RunAsync(
        IAsyncEnumerable<string> paths,
        ResultWriter<UploadedResume> results,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await Concurrent.ForEachAsync(paths, _throttleLimit, UploadOneAsync, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _quota.Requests.Flush();
        }

        async Task UploadOneAsync(string path, CancellationToken token)
        {
            try
            {
                await results.WriteAsync(await UploadAsync(path, diagnostics, token).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                diagnostics.Error(LinkedInException.FromUnexpected($"upload {path}", exception));
            }
        }
    }

    private async Task<UploadedResume> UploadAsync(string path, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        using ResumeDocument document = ResumeDocument.Open(path, cancellationToken);
        return new UploadedResume
        {
            Path = path,
            ContentType = document.ContentType,
            Length = document.Length,
            Sha256 = document.Sha256,
            ResumeFile = await _uploads
                .SendAsync(document, _destination, _quota, diagnostics, cancellationToken)
                .ConfigureAwait(false),
        };
    }
}
