namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Takes resumes, to sync them or to find out what that would do.</summary>
public interface IResumeIntake : IDisposable
{
    /// <summary>Adds a resume. Whatever is wrong with it comes out later, with the results.</summary>
    /// <exception cref="LinkedInException">It cannot be kept, or nothing could be done with it.</exception>
    void Add(ResumeInput input);
}
