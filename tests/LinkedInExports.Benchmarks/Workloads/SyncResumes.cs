using System.Globalization;
using System.Text;
using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Benchmarks.Servers;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>
/// Measures a resume sync without quotas, with a server that responds after 5 ms. The script makes the same calls one at a
/// time for a tenth of the resumes, and its time is multiplied by ten.
/// </summary>
internal sealed class SyncResumes : Workload
{
    private const string Ours = "Sync-CandidateResume";
    private const string Other = "a script with Invoke-RestMethod";
    private const int ResumeBytes = 50 * 1024;
    private const int ScriptPart = 10;
    private const int Unlimited = 1_000_000_000;

    internal override string Name => "sync";

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        int resumes = (int)bench.Amount(20_000);
        int scripted = resumes / ScriptPart;
        string folder = bench.EmptyFolder("resumes");
        string list = WriteResumes(folder, resumes);
        BenchmarkComparison comparison = await BenchmarkComparison.RunAsync(
            bench.Rounds(3),
            (
                Ours,
                () =>
                    WithEmulatorAsync(async emulator =>
                    {
                        string ledger = bench.EmptyFolder("ledger");
                        return await bench.Shell.MeasureAsync(OurScript(emulator, list, ledger, resumes));
                    })
            ),
            (
                Other,
                () =>
                    WithEmulatorAsync(async emulator =>
                        ForAll(await bench.Shell.MeasureAsync(OtherScript(emulator, list, scripted)))
                    )
            )
        );
        bench.EmptyFolder("resumes");

        double ratio = comparison.Ratio(Other, Ours, sample => sample.Seconds);
        return
        [
            new Result(
                $"Sync {resumes:N0} resumes of {ResumeBytes / 1024} KiB, 5 ms per request, 32 at a time",
                PerSecond(comparison, Ours, resumes),
                $"{Other} ({scripted:N0} of them): {PerSecond(comparison, Other, resumes)}",
                $"{Result.Number(ratio)} x as fast",
                ">= 8.00 x",
                ratio >= 8
            ),
        ];
    }

    private static async Task<Sample> WithEmulatorAsync(Func<EmulatorProcess, Task<Sample>> run)
    {
        string unlimited = Unlimited.ToString(CultureInfo.InvariantCulture);
        using EmulatorProcess emulator = await EmulatorProcess.StartAsync(
            "--records-per-minute",
            unlimited,
            "--requests-per-day",
            unlimited,
            "--latency",
            "0.005"
        );
        return await run(emulator);
    }

    /// <summary>Writes different files, because equal ones are uploaded only once.</summary>
    private static string WriteResumes(string folder, int count)
    {
        byte[] text = Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Repeat("Ten years of experience in everything.\n", ResumeBytes / 39))
        );
        var list = new StringBuilder("CandidateId,ResumeId,CreatedAt,Path\n");
        for (int number = 1; number <= count; number++)
        {
            string path = Path.Combine(folder, $"{number}.txt");
            using (FileStream file = File.Create(path))
            {
                file.Write(Encoding.ASCII.GetBytes($"Resume {number}\n"));
                file.Write(text);
            }

            list.Append(CultureInfo.InvariantCulture, $"C{number},R{number},{1_770_000_000_000 + number},{path}\n");
        }

        string listPath = Path.Combine(folder, "candidates.csv");
        File.WriteAllText(listPath, list.ToString());
        return listPath;
    }

    private static string OurScript(EmulatorProcess emulator, string list, string ledger, int resumes) =>
        $$"""
            {{Shell.ImportModule}}
            $connection = @{
                AccessToken      = ConvertTo-SecureString -String '{{EmulatorProcess.Token}}' -AsPlainText -Force
                BaseUri          = '{{emulator.Address}}/v2/'
                RecordsPerMinute = {{Unlimited}}
                RequestsPerDay   = {{Unlimited}}
            }
            Connect-LinkedIn @connection
            $target = @{ Contract = 7001; IntegrationContext = 1234567890; LedgerPath = {{Shell.Quoted(ledger)}} }
            Measure-Work {
                $synced = 0
                Import-Csv -LiteralPath {{Shell.Quoted(list)}} |
                    Sync-CandidateResume @target -ThrottleLimit 32 |
                    ForEach-Object { if ($_.Outcome -eq 'Synced') { $synced++ } }
                $synced
            } {{resumes}}
            """;

    private static string OtherScript(EmulatorProcess emulator, string list, int resumes) =>
        $$$"""
            $api = '{{{emulator.Address}}}/v2'
            $token = @{ Authorization = 'Bearer {{{EmulatorProcess.Token}}}' }
            $organization = 'urn:li:organization:1234567890'
            $encoded = [Uri]::EscapeDataString($organization)
            $candidates = @(Import-Csv -LiteralPath {{{Shell.Quoted(list)}}} | Select-Object -First {{{resumes}}})
            Measure-Work {
                $synced = 0
                for ($first = 0; $first -lt $candidates.Count; $first += 100) {
                    $query = [System.Collections.Generic.List[string]]::new()
                    $entities = @{}
                    foreach ($candidate in $candidates[$first..($first + 99)]) {
                        $slot = @{
                            Uri         = "$api/hireMediaUrl"
                            Headers     = $token + @{ 'X-RestLi-Protocol-Version' = '2.0.0' }
                            ContentType = 'application/json'
                            Body        = '{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"text/plain",' +
                                '"hiringContext":"urn:li:contract:7001"}'
                        }
                        $null = Invoke-RestMethod -Method Post @slot -ResponseHeadersVariable response
                        $file = @{
                            Uri         = "$($response['X-LinkedIn-Id'])&x-ambry-filename=" +
                                (Split-Path -Leaf -Path $candidate.Path)
                            Headers     = $token
                            ContentType = 'text/plain'
                            InFile      = $candidate.Path
                        }
                        $null = Invoke-RestMethod -Method Post @file -ResponseHeadersVariable response
                        $index = $entities.Count
                        $key = @{
                            tcrmCandidateId    = $candidate.CandidateId
                            integrationContext = $encoded
                            dataProvider       = 'PARTNER'
                            tcrmResumeId       = $candidate.ResumeId
                        }
                        $query.Add(($key.Keys.ForEach{ "ids%5B$index%5D.$_=$($key[$_])" } -join '&'))
                        $entity = "tcrmCandidateId=$($candidate.CandidateId)&dataProvider=PARTNER" +
                            "&integrationContext=$organization&tcrmResumeId=$($candidate.ResumeId)"
                        $entities[$entity] = @{
                            resumeFile    = "urn:li:ambryBlob:$($response['Location'])"
                            tcrmCreatedAt = [long] $candidate.CreatedAt
                        }
                    }
                    $json = @{ entities = $entities } | ConvertTo-Json -Compress -Depth 5
                    $form = "--part`r`nContent-Type: application/x-www-form-urlencoded`r`n`r`n$($query -join '&')`r`n"
                    $batch = @{
                        Uri         = "$api/tcrmCandidateResumes"
                        Headers     = $token + @{
                            'X-RestLi-Protocol-Version' = '1.0.0'
                            'X-RestLi-Method'           = 'batch_update'
                            'X-HTTP-Method-Override'    = 'PUT'
                        }
                        ContentType = 'multipart/mixed; boundary=part'
                        Body        = $form + "--part`r`nContent-Type: application/json`r`n`r`n$json`r`n--part--`r`n"
                    }
                    $response = Invoke-RestMethod -Method Post @batch
                    $synced += @($response.results.PSObject.Properties).Count
                }
                $synced
            } {{{resumes}}}
            """;

    private static Sample ForAll(Sample sample) =>
        sample with
        {
            Seconds = sample.Seconds * ScriptPart,
            ProcessorSeconds = sample.ProcessorSeconds * ScriptPart,
        };

    private static string PerSecond(BenchmarkComparison comparison, string name, int resumes) =>
        (resumes / comparison.Median(name, sample => sample.Seconds)).ToString("0", CultureInfo.InvariantCulture) + " per second";
}
