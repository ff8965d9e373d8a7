using LinkedInExports.Core.ExportJobs.History;
using LinkedInExports.Core.Tests.Support;
using static LinkedInExports.Core.Tests.ExportJobs.History.JobHistoryFixture;

namespace LinkedInExports.Core.Tests.ExportJobs.History;

public sealed class JobHistoryTests : IDisposable
{
    private readonly JobHistoryFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Record_Lines_HaveDocumentedFormat()
    {
        JobHistory history = _fixture.Open();
        _fixture.Record(CreateSeatJob(7) with { CreatedAt = Now, Status = "ENQUEUED" }, history);
        _fixture.Record(CreateValidationJob(7) with { Status = "COMPLETED", ExpireAt = Now.AddHours(1) }, isSaved: true, history);
        Assert.Equal(
            [
                """{"api":"api.linkedin.com","jobId":7,"exportType":"Seat","contract":"urn:li:contract:7001","startAt":"2026-01-01T00:00:00+00:00","endAt":"2026-01-31T23:59:59.999+00:00","createdAt":"2026-03-06T12:00:00+00:00","status":"ENQUEUED","recordedAt":"2026-03-06T12:00:00+00:00"}""",
                """{"api":"api.linkedin.com","jobId":7,"exportType":"CrmValidation","crmInstanceId":"urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)","startAt":"2018-08-09T00:00:00+00:00","expireAt":"2026-03-06T13:00:00+00:00","status":"COMPLETED","isSaved":true,"recordedAt":"2026-03-06T12:00:00+00:00"}""",
            ],
            File.ReadAllLines(_fixture.FilePath)
        );
    }

    [Fact]
    public void GetJobs_EveryProperty_IsThatOfTheJob()
    {
        ExportJob[] jobs =
        [
            CreateValidationJob(1) with
            {
                CreatedAt = Now,
                Status = "COMPLETED",
                ExportEndAt = Now,
                NextExportStartAt = Now.AddDays(-1),
                ExpireAt = Now.AddDays(7),
                IsSaved = false,
            },
            CreateSeatJob(2) with
            {
                CreatedAt = Now.AddMinutes(-1),
                Status = "FAILED_DUE_TO_FILE_SIZE",
                RowCount = 5,
                ExpireAt = Now.AddDays(7),
                IsSaved = false,
            },
            new SalesAnalyticsExportJob(exportType: null)
            {
                JobId = 3,
                Contract = "urn:li:contract:7002",
                CreatedAt = Now.AddMinutes(-2),
                IsSaved = false,
            },
        ];
        JobHistory history = _fixture.Open();
        foreach (ExportJob job in jobs)
            _fixture.Record(job, history);
        Assert.Equal(jobs.Select(job => job with { DownloadUrls = [] }), _fixture.GetJobs().Select(WithoutLinks));

        ExportJob WithoutLinks(ExportJob job, int index)
        {
            Assert.Empty(job.DownloadUrls);
            return job with { DownloadUrls = [] };
        }
    }

    [Fact]
    public void GetJobs_SeveralLines_HaveTheNewestInformation()
    {
        SalesAnalyticsExportJob created = CreateSeatJob(1) with { CreatedAt = Now };
        _fixture.Record(created);
        _fixture.Record(created with { Status = "PROCESSING" });
        var requestedById = new SalesAnalyticsExportJob(exportType: null)
        {
            JobId = 1,
            Contract = created.Contract,
            Status = "COMPLETED",
            RowCount = 12,
        };
        _fixture.Record(requestedById, isSaved: true);
        _fixture.Record(requestedById with { ExpireAt = Now });

        var job = Assert.IsType<SalesAnalyticsExportJob>(Assert.Single(_fixture.GetJobs()));
        Assert.Equal((ExportType.Seat, ExportJobState.Completed, 12), (job.ExportType, job.State, job.RowCount));
        Assert.Equal((created.StartAt, created.EndAt, created.CreatedAt), (job.StartAt, job.EndAt, job.CreatedAt));
        Assert.Equal((Now, true), (job.ExpireAt, job.IsSaved));
    }

    [Fact]
    public void GetJobs_SameIdOfBothTypesAndApis_AreDifferentJobs()
    {
        JobHistory history = _fixture.Open();
        _fixture.Record(CreateSeatJob(1), history);
        _fixture.Record(CreateValidationJob(1), history);
        history.Record("127.0.0.1:5005", CreateValidationJob(1), isSaved: false, _fixture.Recorder);
        Assert.Equal(3, _fixture.GetJobs().Count);
        Assert.Equal(2, _fixture.GetJobs(LinkedInApi).Count);
        Assert.Equal(2, _fixture.GetJobs(LinkedInApi, 1).Count);
    }

    [Fact]
    public void GetJobs_WithoutCreationTime_AreSortedByTheTimeOfRecording()
    {
        JobHistory history = _fixture.Open();
        _fixture.Record(CreateSeatJob(1), history);
        _fixture.Record(CreateSeatJob(2) with { CreatedAt = Now.AddMinutes(1) }, history);
        _fixture.Record(CreateSeatJob(3) with { CreatedAt = Now.AddMinutes(-1) }, history);
        Assert.Equal([2, 1, 3], _fixture.GetJobs().Select(job => job.JobId));
    }

    [Fact]
    public void GetJobs_UnknownId_IsAnError()
    {
        _fixture.Record(CreateSeatJob(1));
        Assert.Equal(1, Assert.Single(_fixture.GetJobs(LinkedInApi, 1, 2)).JobId);
        LinkedInException error = Assert.Single(_fixture.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.JobNotInHistory, "2"), (error.Id, error.Target));
    }

    [Fact]
    public void GetJobs_NoFile_CreatesNothing()
    {
        Assert.Empty(_fixture.GetJobs());
        Assert.Empty(_fixture.Folder.Names);
    }

    [Fact]
    public void Record_UnchangedJob_WritesNothing()
    {
        foreach (JobHistory history in new[] { _fixture.Open(), _fixture.Open() })
        {
            for (int poll = 0; poll < 3; poll++)
                _fixture.Record(CreateSeatJob(1) with { Status = "PROCESSING" }, history);
        }

        Assert.Single(File.ReadAllLines(_fixture.FilePath));
    }
}
