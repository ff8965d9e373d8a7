namespace LinkedInExports.Core.Http;

/// <summary>The cancellation of a request that LinkedIn did not process, because it was not sent or was rejected.</summary>
internal sealed class RequestNotProcessedException(OperationCanceledException canceled)
    : OperationCanceledException(canceled.Message, canceled, canceled.CancellationToken);
