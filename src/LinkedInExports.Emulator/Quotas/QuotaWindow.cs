namespace LinkedInExports.Emulator.Quotas;

/// <summary>Specifies how the records of a minute are counted. LinkedIn does not document it.</summary>
public enum QuotaWindow
{
    /// <summary>Any 60 seconds: a record counts until 60 seconds after its arrival.</summary>
    Sliding,

    /// <summary>Each minute of the clock in UTC.</summary>
    Fixed,
}
