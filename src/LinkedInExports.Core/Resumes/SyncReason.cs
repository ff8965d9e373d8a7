namespace LinkedInExports.Core.Resumes;

/// <summary>The reason for the outcome of a record.</summary>
/// <param name="Id">The cause, which is the same for all records with the same problem.</param>
/// <param name="Text">The description, which may contain details of the record.</param>
internal sealed record SyncReason(ResumeSyncReason Id, string Text)
{
    internal static readonly SyncReason Superseded = new(
        ResumeSyncReason.Superseded,
        "A later record has the same candidate and resume, and is used instead."
    );

    /// <summary>Creates the reason of a record whose file was rejected, or whose request failed.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="otherwise">The cause, if the failure does not determine it.</param>
    internal static SyncReason FromFailure(LinkedInException failure, ResumeSyncReason otherwise) =>
        new(
            failure.SyncReason
                ?? failure.Id switch
                {
                    LinkedInErrorId.FileReadFailed => ResumeSyncReason.Unreadable,
                    LinkedInErrorId.InternalError => ResumeSyncReason.InternalError,
                    LinkedInErrorId.DailyQuotaExceeded => ResumeSyncReason.QuotaExceeded,
                    _ => otherwise,
                },
            failure.Message
        );

    /// <summary>Creates the reason of the records that remain after a run was stopped.</summary>
    internal static SyncReason FromStop(LinkedInException reason) => FromFailure(reason, ResumeSyncReason.RunStopped);
}
