namespace LinkedInExports.Core.Incidents;

/// <summary>
/// The words that remain in an incident, because LinkedIn documents them: paths, parameters, members, columns, enumeration values
/// and error codes. All other words are data.
/// </summary>
internal static class Vocabulary
{
    private static readonly HashSet<string> Words = new(
        """
        v2 rest oauth accessToken introspectToken crmDataValidationExportJobs salesAnalyticsExportJobs salesContracts hireMediaUrl
        tcrmCandidateResumes ambry
        q action contractsByMember exportActivityData exportSeatData exportActivityOutcomeData crmInstanceId contract start count
        ids List x-li-ambry-ep x-ambry-filename fields batch update delete create get put post
        jobId status exportStartAt exportEndAt nextExportStartAt expireAt downloadUrls downloadUrl value id startAt endAt rowCount
        elements paging total links rel next prev href name description hasReportingAccess
        message serviceErrorCode code error access token type expires in refresh scope active
        entities resumeFile tcrmCreatedAt results errors contentType hiringContext usageParameters tcrmResumeParameters blobTtl
        duration unit integrationContext tcrmCandidateId tcrmResumeId dataProvider client secret grant authorization_code redirect
        uri credentials authorization verifier
        urn li crmInstance organization ambryBlob DYNAMICS SALESFORCE HUBSPOT PARTNER ATS
        ENQUEUED PROCESSING COMPLETED FAILED DUE TO EXCEEDED FILE SIZE TIMED OUT DATA DELAY INTERNAL SERVER
        MILLISECOND SECOND MINUTE HOUR DAY WEEK MONTH YEAR
        ACCESS DENIED REVOKED EXPIRED INVALID MISSING NONEXISTENT VERSION UNAUTHORIZED FORBIDDEN NOT FOUND BAD REQUEST METHOD
        ALLOWED TOO MANY REQUESTS SERVICE UNAVAILABLE GATEWAY TIMEOUT grant unsupported Bearer
        crmId crmRecordId crmRecordType expiredAt createdAt activityId activityType seatId memberIdentityKey
        crm record expired created at activity member identity key seat
        Not enough permissions to access Invalid Resource level throttle limit for calls this resource is reached virtual found
        application json text csv html plain charset utf-8 octet-stream gzip x-gzip deflate br zstd identity bytes none W
        multipart mixed boundary form-data x-www-form-urlencoded Content-Type LinkedInExports-1 pdf msword
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase
    );

    internal static bool Contains(string word) => Words.Contains(word);

    /// <summary>Whether a member has a number that determines what the module does, and that is not data.</summary>
    internal static bool IsCount(string member) =>
        member is "status" or "serviceErrorCode" or "rowCount" or "start" or "count" or "total" or "expires_in";

    /// <summary>Whether a member or parameter has a secret, of which not even the length remains.</summary>
    internal static bool IsSecret(string name) =>
        name is "access_token" or "refresh_token" or "id_token" or "client_secret" or "code_verifier" or "token" or "assertion";

    /// <summary>Whether a member is a time in milliseconds, which is recorded relative to the time of the response.</summary>
    internal static bool IsTime(string member) =>
        member is "exportStartAt" or "exportEndAt" or "nextExportStartAt" or "expireAt" or "startAt" or "endAt";
}
