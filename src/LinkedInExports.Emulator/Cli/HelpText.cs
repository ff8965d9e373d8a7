namespace LinkedInExports.Emulator.Cli;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public const string Text = """
        LinkedIn's export and resume endpoints on this machine, for trying the module and for tests.

        Usage: dotnet run --project src/LinkedInExports.Emulator -- [options]

          --port <n>                TCP port on 127.0.0.1, 0 for any free one (5005)
          --token <text>            the bearer token to accept (a new one at each start)
          --client-id <text>        the application that may ask for tokens (78emulatorclient)
          --client-secret <text>    its secret (a new one at each start)
          --refresh-token <text>    a refresh token to accept (a new one at each start)
          --token-lifetime <s>      seconds a token for client credentials lives (1800)
          --rotate-refresh-tokens   each refresh token works once and comes back as another one
          --fresh-token-refusals <n>
                                    requests that refuse an issued token as revoked before it works (0)
          --parts <n>               files of a validation job (3)
          --rows <n>                rows in each of these files, millions are fine (1000)
          --rows-period <days>      the period that a validation job has all these rows for; shorter ones have fewer in
                                    proportion, longer ones no more (28)
          --processing-time <s>     seconds until a job is COMPLETED (3)
          --link-lifetime <s>       seconds a download link works (3600)
          --first-job-id <n>        id of the first validation job (148)
          --first-analytics-job-id <n>
                                    id of the first analytics job (100004)
          --contracts <n>           Sales Navigator contracts, all but the second with reporting access (3)
          --activity-interval <s>   whole seconds between two activities of a contract (3600)
          --oversized-beyond <days> analytics jobs with longer ranges fail as too big (none do)
          --extra-columns <a,b>     further text columns at the end of each row
          --no-repeated-header      only the first file has a header row
          --chunked                 send files without Content-Length
          --range-support <w>       honest, none, ignored, shifted, unlabelled or refused: what becomes of requests for the
                                    rest of a file (honest)
          --file-validator <w>      etag, none, weaketag, changingetag, lastmodified or justmodified: how an answer tells
                                    which version of the file it is (etag)
          --optional-fields <w>     absent, null or present: fields of a job that have no value yet (absent)
          --upload-link-lifetime <s>
                                    seconds an upload link can be used (3600)
          --records-per-minute <n>  candidate resumes that may be written or deleted in a minute (10000)
          --quota-window <w>        sliding: any 60 seconds; fixed: each minute of the clock (sliding)
          --requests-per-day <n>    requests for links and resumes per UTC day (100000)
          --quota-retry-after <w>   none, seconds or date: the Retry-After of a refusal over a quota (none)
          --infer-resume-method     a PUT of resumes needs no X-RestLi-Method
          --tunnelled-delete        a DELETE may come in a tunnel
          --accept-seconds          tcrmCreatedAt may be in seconds, as in LinkedIn's sample
          --delete-unknown-succeeds deleting a resume that does not exist is 204 for its key, not 404
          --latency <s>             seconds every request waits before it is handled (0)
          --logged-requests <n>     requests that the log keeps, the newest, bodies included (all)
          --help                    this text

        Where LinkedIn's documentation says nothing or contradicts itself
          --links-missing-for <s>   seconds that a COMPLETED job has no link, or forever (0)
          --refreshed-links <w>     new, unchanged or rejected: what a job hands out after its links have expired (new)
          --refreshed-links-for <s> seconds that it does that, then the links work, or forever (forever)
          --row-count <w>           data, data-and-header or absent: the rowCount of an analytics job (data)
          --row-count-offset <n>    added to it (0)
          --omitted-columns <a,b>   columns that analytics files do not have, such as memberIdentityKey (none)
          --header-spelling <w>     documented, lower-case, upper-case, snake-case or words (documented)
          --delimiter <c>           the character between values (,)
          --link-host <host>        the host in links to files, such as media.licdn.com (this emulator)
          --redirect-host <host>    the host that requests for files are redirected to (none)
          --download-token <w>      by-host: required here and by linkedin.com, refused by other hosts; or required, refused,
                                    ignored (by-host)
          --analytics-job-id <w>    body, rest-li-id-header, location-header or nowhere (body)
          --next-export-start-at <w>
                                    export-end, export-start, before-start, after-end or absent (export-end)
          --api-version <w>         which requests need LinkedIn-Version: rest, all, or v2-sunset, which is rest with 426 for
                                    /v2/ (rest)
          --active-api-versions <a,b>
                                    its accepted values; others are 426 (202603)
          --tunnel-status <n>       the status that refuses tunnelled requests (they are accepted)
          --answered-organization <n>
                                    the organization in the keys of answers about resumes (that of the request)
          --retention-time <s>      seconds that a file with a blobTtl is kept, whatever it says (what it says)

        LinkedIn's part, also under /rest/ with a LinkedIn-Version header
          POST   /v2/crmDataValidationExportJobs?crmInstanceId={urn}        body {"exportStartAt": <epoch ms>}
          GET    /v2/crmDataValidationExportJobs/{id}?crmInstanceId={urn}
          GET    /v2/salesContracts?q=contractsByMember[&start=n][&count=n]
          POST   /v2/salesAnalyticsExportJobs?action={exportActivityData|exportSeatData|exportActivityOutcomeData}
                 body {"startAt": <epoch ms>, "endAt": <epoch ms>, "contract": "urn:li:contract:7001"}
          GET    /v2/salesAnalyticsExportJobs/{id}?contract={urn}
          GET    /ambry/?x-li-ambry-ep={signed}                             a file
          POST   /v2/hireMediaUrl
                 body {"usageParameters": {"tcrmResumeParameters": {}}, "contentType": "application/pdf",
                       "hiringContext": "urn:li:contract:7001"[, "blobTtl": {"duration": 72, "unit": "HOUR"}]}
          POST   /ambry/?x-li-ambry-ep={signed}&x-ambry-filename={name}     upload one file of up to 10 MB
          PUT    /v2/tcrmCandidateResumes?ids[0].tcrmCandidateId=...        X-RestLi-Method: batch_update
                 body {"entities": {key: {"resumeFile": "urn:li:ambryBlob:/...", "tcrmCreatedAt": <epoch ms>}}}
          DELETE /v2/tcrmCandidateResumes?ids[0].tcrmCandidateId=...
                 both in protocol 1.0.0 and 2.0.0; the PUT also as a POST with X-HTTP-Method-Override
          POST   /oauth/v2/accessToken      form grant_type={client_credentials|refresh_token|authorization_code}&...
          GET    /oauth/v2/authorization?response_type=code&client_id=...&redirect_uri=...&scope=...[&state=...]
                 [&code_challenge=...&code_challenge_method=S256]           agrees at once
          POST   /oauth/v2/introspectToken  form client_id, client_secret, token

          The names of the columns of seat files and of most columns of outcome files are assumed, not documented.

        Control, without a token, from this machine only
          GET    /emulator/health
          GET    /emulator/jobs             [{"id","kind","parts","rows","status"}]
          GET    /emulator/requests         [{"at","method","rawTarget","headers":[{"name","value"}],"body",
                                              "statusCode","faultApplied","completed"}], without secrets and signed parts
          DELETE /emulator/requests         start the log anew
          GET    /emulator/resumes          {"total","start","elements":[{"candidateId","resumeId","integrationContext",
                                              "createdAt","timesWritten","file":{...}}]}, [?start=n][&count=n]
          GET    /emulator/blobs            the same of uploaded files: {"urn","length","sha256","fileName","declaredType",
                                              "sentType","uploadedAt","expiresAt"}
          GET    /emulator/quota            limits, what was used and refused, and how often each status was answered
          POST   /emulator/quota/reset      quotas as fresh as at the start
          POST   /emulator/resumes/faults   one fault of single records or an array of them, see below
          GET    /emulator/resumes/faults   those that can still happen
          DELETE /emulator/resumes/faults   forget them
          GET    /emulator/behavior         what the options of "Where LinkedIn's documentation says nothing" are set to
          POST   /emulator/behavior         changes some of it: {"linksMissingFor": 60, "refreshedLinks": "rejected"}; times in
                                            seconds or "forever", names and words in camelCase
          DELETE /emulator/behavior         as it was at the start
          POST   /emulator/links/expire     every link handed out so far is 401, those for uploads too
          POST   /emulator/tokens/revoke    every access token so far is revoked, refresh tokens are not
          POST   /emulator/faults           one fault or an array of them
          GET    /emulator/faults           those that can still happen
          DELETE /emulator/faults           forget them

        A fault
          {"kind": "truncateBody", "atByte": 5000, "method": "GET", "pathPrefix": "/ambry/", "skip": 1, "times": 2}

          kind            what goes wrong, see below
          method          only requests with this verb (any)
          pathPrefix      only paths that start like this (any)
          skip            let so many matching requests pass first (0)
          times           apply to so many requests, -1 for all (1)
          forSeconds      apply to all requests for so long, whatever "times" says (none)
          afterSeconds    begin so long after the fault was added (0)

          latency             wait "delaySeconds" before the request is handled
          resetBeforeEffect   reset the connection before the request is handled
          resetAfterEffect    handle the request, then reset the connection instead of answering
          truncateBody        announce the whole body, reset the connection after "atByte" bytes
          shortBody           end the body after "atByte" bytes and announce no more
          stallBody           fall silent after "atByte" bytes
          status              answer "statusCode" with "body": "json" (default), "html" or "empty",
                              "retryAfterSeconds": 2, "retryAfterAsDate": true for the date form
          expiredLink         the link of this download expires now: 401
          redirect            302 to "redirectTo"
          htmlInsteadOfCsv    200 with a sign-in page
          badJson             200 with JSON that breaks off
          rewrite             change the answer by "rewrite" and send it byte for byte, valid or not, see below
          leakySecret         400 whose message repeats the token and the signed link, or the form sent to /oauth/

          Of several faults that match, the first added wins; latency comes on top.

        The answer as a rewrite changes it, all optional
          {"kind": "rewrite", "times": -1, "rewrite": {"headers": {"Date": "Fri, 31 Dec 9999 23:59:59 GMT"}}}

          statusCode, reasonPhrase
                          in the place of those of the answer
          headers         headers by name, null removes one: Content-Length and Date too
          body, bodyBase64
                          another body, as text or as bytes
          replace         [{"find": "PROCESSING", "with": "${token}"}, ...] in the body; "withBase64" for any bytes
          contentEncoding gzip, deflate or br: encodes the body and says so; for another word set the header
          bytesAtOnce, pauseSeconds
                          sends the body slowly

          In headers, bodies and replacements ${token} is the bearer token of the request, ${target} its path and query,
          ${body} its body, ${link} the newest signed link.

        A fault of single records of a batch
          {"kind": "refuse", "statusCode": 429, "candidateIdPrefix": "C-1", "every": 3, "times": 5}

          kind                  refuse: among the errors, with "statusCode" and "message", or with the bytes of
                                "rawMessageBase64" between its quotes
                                answeredTwice: twice among the results, first with "statusCode"
                                noAnswer: neither among the results nor among the errors
                                strayAnswer: beside it, a result that nobody asked for
          candidateIdPrefix, resumeIdPrefix
                                only records whose ids start like this (any)
          every                 only every so-manieth of them (1)
          times                 so many records, -1 for all (-1)
          takesEffect           the record is written or deleted all the same (false)

        Examples
          an outage of a minute   {"kind": "status", "statusCode": 503, "forSeconds": 60}
          a proxy that refuses    {"kind": "status", "statusCode": 407, "method": "CONNECT", "times": -1},
                                  with the emulator as proxy
          curl -X POST http://127.0.0.1:5005/emulator/faults -d '{"kind":"status","statusCode":429,"retryAfterSeconds":2}'

        """;
}
