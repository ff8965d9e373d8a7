namespace LinkedInExports.Emulator.Quotas;

/// <summary>How the records of a minute are counted; LinkedIn does not say.</summary>
public enum QuotaWindow
{
    /// <summary>Any 60 seconds: a record counts until 60 seconds after it arrived.</summary>
    Sliding,

    /// <summary>Each minute of the clock (UTC) on its own.</summary>
    Fixed,
}
