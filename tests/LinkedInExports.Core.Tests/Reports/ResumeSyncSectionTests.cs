using LinkedInExports.Core.Reports;

namespace LinkedInExports.Core.Tests.Reports;

public sealed class ResumeSyncSectionTests
{
    [Fact]
    public void Add_SyncResults_AreDetectedByProperties()
    {
        var report = new ExportReport(new ReportOptions());
        DateTimeOffset at = new(2025, 1, 6, 8, 0, 0, TimeSpan.Zero);
        (string, int?, string?, DateTimeOffset?)[] results =
        [
            ("Synced", 200, null, at),
            ("Synced", 200, null, at.AddSeconds(59)),
            ("Unchanged", null, null, at.AddMinutes(2)),
            ("Failed", 429, "Too fast", at),
            ("Pending", null, null, null),
        ];
        foreach ((string outcome, int? status, string? reason, DateTimeOffset? completedAt) in results)
        {
            report.Add(
                TestRow.Create(
                    ("CandidateId", "c"),
                    ("ResumeId", "r"),
                    ("Outcome", outcome),
                    ("StatusCode", status),
                    ("Reason", reason),
                    ("CompletedAt", completedAt)
                )
            );
        }

        ReportDocument page = ReportDocument.Create(report);
        Assert.Equal(
            ["resumes 5", "synced or unchanged 60%", "failed or rejected 1", "most in a minute 3"],
            page.Facts("resume-sync")
        );
        Assert.Equal(["Synced 2", "Failed 1", "Pending 1", "Unchanged 1"], page.Bars("resume-sync", "State"));
        Assert.Equal(["429 Too fast 1"], page.Bars("resume-sync", "Reasons"));
        Assert.Equal(2, page.Chart("resume-sync", "Completed per {unit}").GetProperty("starts").GetArrayLength());
    }

    [Fact]
    public void TryAdd_SyncResults_GroupsFailuresByReasonId()
    {
        var report = new ExportReport(new ReportOptions());
        foreach (
            ResumeSyncReason? reason in new ResumeSyncReason?[] { ResumeSyncReason.WrongType, null, ResumeSyncReason.WrongType }
        )
        {
            report.TryAdd(
                new ResumeSyncResult
                {
                    Outcome = reason is null ? ResumeSyncOutcome.Synced : ResumeSyncOutcome.Rejected,
                    ReasonId = reason,
                    Reason = reason is null ? null : $"The file {report.RowCount} has the wrong type.",
                }
            );
        }

        ReportDocument page = ReportDocument.Create(report);
        Assert.Equal(["Wrong type 2"], page.Bars("resume-sync", "Reasons"));
        Assert.Equal("ReasonId", page.Chart("resume-sync", "Reasons").GetProperty("column").GetString());
    }
}
