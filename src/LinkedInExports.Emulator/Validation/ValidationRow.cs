namespace LinkedInExports.Emulator.Validation;

/// <summary>One row of a CRM validation file.</summary>
/// <param name="CrmId">Id of the record in the CRM; no two rows of a job share one.</param>
/// <param name="CrmRecordType"><c>CONTACT</c> or <c>LEAD</c>.</param>
/// <param name="ExpiredAt">Epoch milliseconds within the exported range.</param>
/// <param name="CreatedAt">Epoch milliseconds within the exported range, later than <paramref name="ExpiredAt"/>.</param>
public sealed record ValidationRow(string CrmId, string CrmRecordType, long ExpiredAt, long CreatedAt);
