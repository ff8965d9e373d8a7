namespace LinkedInExports.Core.Incidents;

/// <summary>
/// The words that remain in an incident, because LinkedIn documents them: paths, parameters, members, columns, enumeration values
/// and error codes. All other words are data, and so are these words in another spelling: <c>grant</c> is documented, and
/// <c>Grant</c> may be a name.
/// </summary>
internal static class Vocabulary
{
    private static readonly HashSet<string> Words = Split(
        """
        v2 rest oauth accessToken introspectToken crmDataValidationExportJobs salesAnalyticsExportJobs salesContracts hireMediaUrl
        tcrmCandidateResumes ambry
        q action contractsByMember exportActivityData exportSeatData exportActivityOutcomeData crmInstanceId contract start count
        ids List x-li-ambry-ep fields batch update delete create get put post GET PUT POST DELETE
        jobId status exportStartAt exportEndAt nextExportStartAt expireAt downloadUrls downloadUrl value id startAt endAt rowCount
        elements paging total links rel next prev href name description hasReportingAccess
        message serviceErrorCode code error access token type expires in refresh scope active
        entities resumeFile tcrmCreatedAt results errors contentType hiringContext usageParameters tcrmResumeParameters blobTtl
        duration unit integrationContext tcrmCandidateId tcrmResumeId dataProvider client secret grant redirect
        uri credentials authorization verifier
        urn li crmInstance organization ambryBlob DYNAMICS SALESFORCE HUBSPOT PARTNER ATS
        ENQUEUED PROCESSING COMPLETED FAILED DUE TO EXCEEDED FILE SIZE TIMED OUT DATA DELAY INTERNAL SERVER
        MILLISECOND SECOND MINUTE HOUR DAY WEEK MONTH YEAR
        ACCESS DENIED REVOKED EXPIRED INVALID MISSING NONEXISTENT VERSION UNAUTHORIZED FORBIDDEN NOT FOUND BAD REQUEST METHOD
        ALLOWED TOO MANY REQUESTS SERVICE UNAVAILABLE GATEWAY TIMEOUT
        invalid request unauthorized unsupported denied server temporarily unavailable revoked expired bearer Bearer
        Not enough permissions to access Invalid Resource level throttle limit for calls this resource is reached virtual found
        application json text csv html plain charset utf-8 UTF-8 octet-stream gzip x-gzip deflate br zstd identity chunked bytes
        none W multipart mixed boundary form-data x-www-form-urlencoded Content-Type LinkedInExports-1 pdf msword
        """
    );

    /// <summary>The documented columns of exports, as <see cref="Spell"/> returns them.</summary>
    private static readonly HashSet<string> Columns = Split(
        "CRMID CRMRECORDID CRMRECORDTYPE EXPIREDAT CREATEDAT ACTIVITYID ACTIVITYTYPE SEATID MEMBERIDENTITYKEY"
    );

    /// <summary>The members and parameters whose values LinkedIn documents.</summary>
    private static readonly HashSet<string> NamesOfWords = Split(
        """
        status code message error error_description type token_type grant_type scope dataProvider contentType Content-Type unit
        rel q action fields crmInstance
        """
    );

    private static readonly HashSet<string> Secrets = new(
        [
            "access_token",
            "refresh_token",
            "id_token",
            "oauth2_access_token",
            "client_secret",
            "code_verifier",
            "token",
            "assertion",
            "client_assertion",
            "password",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    internal static bool Contains(string word) => Words.Contains(word);

    /// <summary>Whether the values of a member or parameter are documented words or messages, and not data.</summary>
    internal static bool HasWords(string name) => NamesOfWords.Contains(name);

    /// <summary>Whether a value of the first row of a file is a documented name of a column, in any spelling.</summary>
    internal static bool IsColumn(string value) => Columns.Contains(Spell(value));

    /// <summary>Whether a member of JSON has a secret, of which not even the length remains.</summary>
    internal static bool IsSecret(string member) => Secrets.Contains(member);

    /// <summary>Whether a field of a form or query has a secret. In JSON, a code is that of an error.</summary>
    internal static bool IsSecretField(string name) => IsSecret(name) || name.Equals("code", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a member is a time in milliseconds, which is recorded relative to the time of the response.</summary>
    internal static bool IsTime(string member) =>
        member is "exportStartAt" or "exportEndAt" or "nextExportStartAt" or "expireAt" or "startAt" or "endAt";

    /// <summary>Normalizes a name: <c>Activity ID</c>, <c>activity_id</c> and <c>activityId</c> are equal.</summary>
    private static string Spell(string name) =>
        string.Concat(name.Where(character => !char.IsWhiteSpace(character) && character is not ('_' or '-' or '"')))
            .ToUpperInvariant();

    private static HashSet<string> Split(string words) =>
        new(words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
