namespace LinkedInExports.Emulator.Validation;

/// <summary>One row of a CRM validation file.</summary>
/// <param name="CrmId">Id of the record in the CRM; the same record has the same id in every export that it is in.</param>
/// <param name="CrmRecordType"><c>CONTACT</c> or <c>LEAD</c>.</param>
/// <param name="ExpiredAt">Epoch milliseconds within the exported period.</param>
/// <param name="CreatedAt">Epoch milliseconds, within a second after <paramref name="ExpiredAt"/>.</param>
public sealed record ValidationRow(string CrmId, string CrmRecordType, long ExpiredAt, long CreatedAt);
