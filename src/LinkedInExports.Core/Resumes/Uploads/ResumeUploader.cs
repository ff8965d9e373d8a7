using System.Threading.Channels;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>Uploads resume files, several at a time. Files may be added while others are uploaded.</summary>
public sealed class ResumeUploader
{
    private readonly Channel<string> _input = Channel.CreateUnbounded<string>();
    private readonly ResumeUploadClient _uploads;
    private readonly UploadDestination _destination;
    private readonly ResumeQuota _quota;
    private readonly int _throttleLimit;

    internal ResumeUploader(ResumeUploadClient uploads, UploadDestination target, ResumeQuota quota, int throttleLimit)
    {
        _uploads = uploads;
        _destination = target;
        _quota = quota;
        _throttleLimit = throttleLimit;
    }

    /// <summary>Adds a file by its full path. Callable until <see cref="CompleteAdding"/>.</summary>
    public void Add(string path) => _input.Writer.TryWrite(path);

    /// <summary>Says that no more files come.</summary>
    public void CompleteAdding() => _input.Writer.TryComplete();

    /// <summary>Outputs an <see cref="UploadedResume"/> for each file; each that fails is an error of its own.</summary>
    public async Task RunAsync(ICommandOutput output, CancellationToken cancellationToken)
    {
        var workers = new Task[_throttleLimit];
        for (int number = 0; number < workers.Length; number++)
            workers[number] = Task.Run(() => RunWorkerAsync(output, cancellationToken), CancellationToken.None);
        await Task.WhenAll(workers).ConfigureAwait(false);
    }

    private async Task RunWorkerAsync(ICommandOutput output, CancellationToken cancellationToken)
    {
        while (await _input.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_input.Reader.TryRead(out string? path))
            {
                try
                {
                    output.Output(await UploadAsync(path, output, cancellationToken).ConfigureAwait(false));
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    output.Error(LinkedInException.FromUnexpected($"upload {path}", exception));
                }
            }
        }
    }

    private async Task<UploadedResume> UploadAsync(string path, ICommandOutput output, CancellationToken cancellationToken)
    {
        using ResumeDocument document = ResumeDocument.Open(path, cancellationToken);
        return new UploadedResume
        {
            Path = path,
            ContentType = document.ContentType,
            Length = document.Length,
            Sha256 = document.Sha256,
            ResumeFile = await _uploads.SendAsync(document, _destination, _quota, output, cancellationToken).ConfigureAwait(false),
        };
    }
}
