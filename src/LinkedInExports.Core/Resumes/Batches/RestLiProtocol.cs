namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>The version of the Rest.li protocol for batches of resumes.</summary>
public enum RestLiProtocol
{
    /// <summary>Version 1.0.0, which LinkedIn's samples use.</summary>
    V1,

    /// <summary>Version 2.0.0, which LinkedIn recommends.</summary>
    V2,
}
