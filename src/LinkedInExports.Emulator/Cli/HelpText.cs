namespace LinkedInExports.Emulator.Cli;

/// <summary>The output of <c>--help</c>.</summary>
internal static class HelpText
{
    public const string Text = """
        Emulates LinkedIn's export and resume endpoints on this machine, for tests and for trying the module.

        Usage: linkedin-emulator [options]
           or: dotnet run --project src/LinkedInExports.Emulator -- [options]

          --replay <file>           replay an incident file of Save-LinkedInIncident; of the other options, only --port and
                                    --speed apply
          --speed <n>               number by which the delays of a replay are divided (1)
          --port <n>                TCP port on 127.0.0.1, or 0 for any free port (5005)
          --token <text>            bearer token to accept (a new one at each start)
          --client-id <text>        client id of the application (78emulatorclient)
          --client-secret <text>    client secret of the application (a new one at each start)
          --refresh-token <text>    refresh token to accept (a new one at each start)
          --token-lifetime <s>      lifetime of an application's token in seconds (1800)
          --rotate-refresh-tokens   each refresh returns a new refresh token and revokes the previous one
          --fresh-token-refusals <n>
                                    number of requests that reject a new token as revoked (0)
          --parts <n>               number of files of a validation job (3)
          --rows <n>                number of rows in each of these files (1000)
          --rows-period <days>      period for which a validation job has all of these rows; jobs with shorter periods
                                    have proportionally fewer rows (28)
          --processing-time <s>     seconds until a job is COMPLETED (3)
          --link-lifetime <s>       lifetime of a download link in seconds (3600)
          --first-job-id <n>        id of the first validation job (148)
          --first-analytics-job-id <n>
                                    id of the first analytics job (100004)
          --contracts <n>           number of Sales Navigator contracts; all but the second have reporting access (3)
          --activity-interval <s>   seconds between two activities of a contract (3600)
          --oversized-beyond <days> longest range of an analytics job that does not fail (unlimited)
          --extra-columns <a,b>     additional text columns at the end of each row
          --no-repeated-header      only the first file has a header row
          --chunked                 send files without Content-Length
          --range-support <w>       response to range requests: honest, none, ignored, shifted, unlabelled or refused
                                    (honest)
          --file-validator <w>      validator of a file: etag, none, weaketag, changingetag, lastmodified or justmodified
                                    (etag)
          --optional-fields <w>     fields of a job without a value: absent, null or present (absent)
          --upload-link-lifetime <s>
                                    lifetime of an upload link in seconds (3600)
          --records-per-minute <n>  maximum number of updated and deleted resumes per minute (10000)
          --quota-window <w>        sliding for any 60 seconds, or fixed for each minute of the clock (sliding)
          --requests-per-day <n>    maximum number of requests for links and resumes per UTC day (100000)
          --quota-retry-after <w>   Retry-After of an exceeded quota: none, seconds or date (none)
          --infer-resume-method     accept a PUT of resumes without X-RestLi-Method
          --tunnelled-delete        accept a tunneled DELETE
          --accept-seconds          accept a tcrmCreatedAt in seconds, as in LinkedIn's sample
          --delete-unknown-succeeds return 204 instead of 404 for a deleted resume that does not exist
          --latency <s>             delay of each request in seconds (0)
          --time-scale <n>          how many times as fast the clock runs: processing times, lifetimes and quotas.
                                    The module follows the clock (1)
          --conformance             judge how the client follows LinkedIn's documentation; see the page / and
                                    /emulator/conformance
          --logged-requests <n>     number of requests in the log, with their bodies (all)
          --help                    show this text

        Behavior where LinkedIn's documentation is silent or contradictory
          --links-missing-for <s>   seconds for which a COMPLETED job has no link, or forever (0)
          --refreshed-links <w>     links of a job after the first ones have expired: new, unchanged or rejected (new)
          --refreshed-links-for <s> seconds for which this applies before links are valid, or forever (forever)
          --row-count <w>           rowCount of an analytics job: data, data-and-header or absent (data)
          --row-count-offset <n>    number that is added to rowCount (0)
          --omitted-columns <a,b>   columns that analytics files do not have, for example memberIdentityKey (none)
          --header-spelling <w>     column names: documented, lower-case, upper-case, snake-case or words (documented)
          --delimiter <c>           delimiter of CSV files (,)
          --link-host <host>        host of download links, for example media.licdn.com (this emulator)
          --redirect-host <host>    host to which downloads are redirected (none)
          --download-token <w>      by-host (required by this emulator and by linkedin.com, and refused by other hosts),
                                    required, refused or ignored (by-host)
          --analytics-job-id <w>    id of a new analytics job: body, rest-li-id-header, location-header or nowhere (body)
          --next-export-start-at <w>
                                    export-end, export-start, before-start, after-end or absent (export-end)
          --api-version <w>         requests that need LinkedIn-Version: rest, all, or v2-sunset, which is rest with 426
                                    for /v2/ (rest)
          --active-api-versions <a,b>
                                    accepted values of that header; others return 426 (202603)
          --tunnel-status <n>       status of responses to tunneled requests (accepted)
          --answered-organization <n>
                                    organization in the keys of resume responses (that of the request)
          --retention-time <s>      seconds for which a file with a blobTtl is kept (the time in blobTtl)

        LinkedIn's endpoints, also under /rest/ with a LinkedIn-Version header
          POST   /v2/crmDataValidationExportJobs?crmInstanceId={urn}        body {"exportStartAt": <epoch ms>}
          GET    /v2/crmDataValidationExportJobs/{id}?crmInstanceId={urn}
          GET    /v2/salesContracts?q=contractsByMember[&start=n][&count=n]
          POST   /v2/salesAnalyticsExportJobs?action={exportActivityData|exportSeatData|exportActivityOutcomeData}
                 body {"startAt": <epoch ms>, "endAt": <epoch ms>, "contract": "urn:li:contract:7001"}
          GET    /v2/salesAnalyticsExportJobs/{id}?contract={urn}
          GET    /ambry/?x-li-ambry-ep={signed}                             download a file
          POST   /v2/hireMediaUrl
                 body {"usageParameters": {"tcrmResumeParameters": {}}, "contentType": "application/pdf",
                       "hiringContext": "urn:li:contract:7001"[, "blobTtl": {"duration": 72, "unit": "HOUR"}]}
          POST   /ambry/?x-li-ambry-ep={signed}&x-ambry-filename={name}     upload one file of up to 10 MB
          PUT    /v2/tcrmCandidateResumes?ids[0].tcrmCandidateId=...        X-RestLi-Method: batch_update
                 body {"entities": {key: {"resumeFile": "urn:li:ambryBlob:/...", "tcrmCreatedAt": <epoch ms>}}}
          DELETE /v2/tcrmCandidateResumes?ids[0].tcrmCandidateId=...
                 both with protocol 1.0.0 and 2.0.0; the PUT also as a POST with X-HTTP-Method-Override
          POST   /oauth/v2/accessToken      form grant_type={client_credentials|refresh_token|authorization_code}&...
          GET    /oauth/v2/authorization?response_type=code&client_id=...&redirect_uri=...&scope=...[&state=...]
                 [&code_challenge=...&code_challenge_method=S256]           the member agrees
          POST   /oauth/v2/introspectToken  form client_id, client_secret, token

          The names of the columns of seat files and of most columns of outcome files are assumed, not documented.

        Control API, without a token, only from this machine
          GET    /emulator/health
          GET    /emulator/jobs             [{"id","kind","parts","rows","status"}]
          GET    /emulator/requests         [{"at","method","rawTarget","headers":[{"name","value"}],"body",
                                              "statusCode","faultApplied","completed"}], without secrets and signatures
          DELETE /emulator/requests         clear the log
          GET    /emulator/resumes          {"total","start","elements":[{"candidateId","resumeId","integrationContext",
                                              "createdAt","timesWritten","file":{...}}]}, [?start=n][&count=n]
          GET    /emulator/blobs            uploaded files in the same format: {"urn","length","sha256","fileName","declaredType",
                                              "sentType","uploadedAt","expiresAt"}
          GET    /emulator/quota            limits, usage, rejected requests, and number of responses by status
          POST   /emulator/quota/reset      reset the usage
          POST   /emulator/resumes/faults   add a fault of records or an array of faults, see below
          GET    /emulator/resumes/faults   faults that can still be applied
          DELETE /emulator/resumes/faults   remove all faults of records
          GET    /emulator/behavior         values of the options under "Behavior"
          POST   /emulator/behavior         change some values: {"linksMissingFor": 60, "refreshedLinks": "rejected"}; times are
                                            in seconds or "forever", names and values in camelCase
          DELETE /emulator/behavior         restore the values at the start
          POST   /emulator/links/expire     expire all download and upload links
          POST   /emulator/tokens/revoke    revoke all access tokens, but not refresh tokens
          POST   /emulator/faults           add a fault or an array of faults, see below
          GET    /emulator/faults           faults that can still be applied
          DELETE /emulator/faults           remove all faults

        Faults
          {"kind": "truncateBody", "atByte": 5000, "method": "GET", "pathPrefix": "/ambry/", "skip": 1, "times": 2}

          kind            kind of fault, see below
          method          HTTP method of the requests (any)
          pathPrefix      start of the path (any)
          skip            number of matching requests to skip (0)
          times           number of requests to apply to, or -1 for all (1)
          forSeconds      seconds for which to apply to all requests, regardless of "times" (none)
          afterSeconds    seconds before the fault begins (0)

          latency             delay the request by "delaySeconds"
          resetBeforeEffect   reset the connection before the request is handled
          resetAfterEffect    handle the request, then reset the connection
          truncateBody        send the full Content-Length, then reset the connection after "atByte" bytes
          shortBody           truncate the body after "atByte" bytes, with a matching Content-Length
          stallBody           stop sending after "atByte" bytes, and keep the connection open
          status              return "statusCode" with "body": "json" (default), "html" or "empty",
                              "retryAfterSeconds": 2, "retryAfterAsDate": true for a date
          expiredLink         expire the link of this download and return 401
          redirect            return 302 to "redirectTo"
          htmlInsteadOfCsv    return 200 with a sign-in page
          badJson             return 200 with truncated JSON
          rewrite             change the response by "rewrite" and send it as it is, even if it is not valid, see below
          leakySecret         return 400 with a message that repeats the token and the signed link, or the OAuth form

          If several faults match a request, the first added is applied. Latency is added to other faults.

        Rewrites (all properties are optional)
          {"kind": "rewrite", "times": -1, "rewrite": {"headers": {"Date": "Fri, 31 Dec 9999 23:59:59 GMT"}}}

          statusCode, reasonPhrase
                          status and reason phrase of the response
          headers         headers to set by name, including Content-Length and Date; null removes a header
          body, bodyBase64
                          body as text or as bytes
          replace         [{"find": "PROCESSING", "with": "${token}"}, ...] in the body; "withBase64" for bytes
          contentEncoding encode the body and set the header: gzip, deflate or br; for other values, set the header
          bytesAtOnce, pauseSeconds
                          send the body slowly

          In headers, bodies and replacements, ${token} is the bearer token of the request, ${target} its path and query,
          ${body} its body, and ${link} the newest signed link.

        Faults of records in a batch
          {"kind": "refuse", "statusCode": 429, "candidateIdPrefix": "C-1", "every": 3, "times": 5}

          kind                  refuse: an error with "statusCode" and "message", or with the bytes of
                                "rawMessageBase64" as its message
                                answeredTwice: two results, the first with "statusCode"
                                noAnswer: neither a result nor an error
                                strayAnswer: an additional result with a key that is not in the request
          candidateIdPrefix, resumeIdPrefix
                                start of the ids (any)
          every                 apply only to every n-th matching record (1)
          times                 number of records to apply to, or -1 for all (-1)
          takesEffect           whether the record is written or deleted despite the error (false)

        Examples
          an outage of one minute {"kind": "status", "statusCode": 503, "forSeconds": 60}
          a proxy that rejects    {"kind": "status", "statusCode": 407, "method": "CONNECT", "times": -1},
                                  with the emulator as the proxy
          curl -X POST http://127.0.0.1:5005/emulator/faults -d '{"kind":"status","statusCode":429,"retryAfterSeconds":2}'

        """;
}
