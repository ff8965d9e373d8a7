namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>The version of the Rest.li protocol that batches of resumes are written in.</summary>
public enum RestLiProtocol
{
    /// <summary>1.0.0, that of LinkedIn's samples.</summary>
    V1,

    /// <summary>2.0.0, which LinkedIn asks to move to.</summary>
    V2,
}
