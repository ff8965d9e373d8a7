namespace LinkedInExports.Emulator.Validation;

/// <summary>A row of a CRM validation file.</summary>
/// <param name="CrmId">The id of the record in the CRM. A record has the same id in every export.</param>
/// <param name="CrmRecordType"><c>CONTACT</c> or <c>LEAD</c>.</param>
/// <param name="ExpiredAt">A time within the exported period, in epoch milliseconds.</param>
/// <param name="CreatedAt">A time within a second after <paramref name="ExpiredAt"/>, in epoch milliseconds.</param>
public sealed record ValidationRow(string CrmId, string CrmRecordType, long ExpiredAt, long CreatedAt);
