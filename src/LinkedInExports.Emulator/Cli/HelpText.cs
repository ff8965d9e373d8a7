namespace LinkedInExports.Emulator.Cli;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public const string Text = """
        LinkedIn's export endpoints on this machine, for trying the module and for tests.

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
          --parts <n>               files per validation job (3)
          --rows <n>                rows per file of a validation job, millions are fine (1000)
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
          --help                    this text

        LinkedIn's part
          POST   /v2/crmDataValidationExportJobs?crmInstanceId={urn}        body {"exportStartAt": <epoch ms>}
          GET    /v2/crmDataValidationExportJobs/{id}?crmInstanceId={urn}
          GET    /v2/salesContracts?q=contractsByMember[&start=n][&count=n]
          POST   /v2/salesAnalyticsExportJobs?action={exportActivityData|exportSeatData|exportActivityOutcomeData}
                 body {"startAt": <epoch ms>, "endAt": <epoch ms>, "contract": "urn:li:contract:7001"}
          GET    /v2/salesAnalyticsExportJobs/{id}?contract={urn}
          GET    /ambry/?x-li-ambry-ep={signed}                             a file
          POST   /oauth/v2/accessToken      form grant_type={client_credentials|refresh_token|authorization_code}&...
          GET    /oauth/v2/authorization?response_type=code&client_id=...&redirect_uri=...&scope=...[&state=...]
                 [&code_challenge=...&code_challenge_method=S256]           agrees at once
          POST   /oauth/v2/introspectToken  form client_id, client_secret, token

          The names of the columns of seat files and of most columns of outcome files are assumed, not documented.

        Control, without a token, from this machine only
          GET    /emulator/health
          GET    /emulator/jobs             [{"id","kind","parts","rowsPerPart","status"}]
          GET    /emulator/requests         [{"at","method","rawTarget","headers":[{"name","value"}],"body",
                                              "statusCode","faultApplied","completed"}], without secrets and signed parts
          DELETE /emulator/requests         start the log anew
          POST   /emulator/links/expire     every link handed out so far is 401
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
          leakySecret         400 whose message repeats the token and the signed link, or the form sent to /oauth/

          Of several faults that match, the first added wins; latency comes on top.

        Example
          curl -X POST http://127.0.0.1:5005/emulator/faults -d '{"kind":"status","statusCode":429,"retryAfterSeconds":2}'

        """;
}
