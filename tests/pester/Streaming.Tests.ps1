BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-Module -Name (Get-ManifestPath)
    # The jobs of one contract are processed one after the other.
    $emulator = Start-Emulator -Option @{ 'processing-time' = 1 }
    Connect-Emulator $emulator
    $soon = @{ PollInterval = [timespan] '0:0:0.1' }

    function New-Job([int] $Count = 2) {
        foreach ($day in 1..$Count) {
            New-SalesAnalyticsExportJob 7001 Seat -StartAt "2025-01-0$day" -EndAt "2025-01-0$($day + 1)"
        }
    }

    # Passes on its input one by one, as a proxy command does.
    function Save-Proxy {
        param([Parameter(ValueFromPipeline)] $InputObject, $Destination, $Received)
        begin {
            $steps = { Where-Object { $true } | Save-ExportFile -Destination $Destination }.GetSteppablePipeline()
            $steps.Begin($true)
        }
        process {
            $Received.Add($InputObject)
            $steps.Process($InputObject)
        }
        end { $steps.End() }
    }

    function Assert-TwoJob($Objects) {
        $Objects.Count | Should -Be 2
        foreach ($object in $Objects) {
            $object | Should -BeOfType LinkedInExports.SalesAnalyticsExportJob
        }
    }
}

AfterAll {
    Stop-Emulator $emulator
}

Describe 'Wait-ExportJob | Save-ExportFile' {
    BeforeEach {
        Clear-Emulator $emulator
        $received = [System.Collections.Generic.List[object]]::new()
        $save = @{ Destination = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid()) }
    }

    It 'outputs and imports the files of a job while another job is running' {
        $jobs = New-Job
        $null = $jobs | Wait-ExportJob @soon
        $id = $jobs[1].JobId
        Add-EmulatorFault $emulator @{ kind = 'latency'; delaySeconds = 60; pathPrefix = "/v2/salesAnalyticsExportJobs/$id" }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $record = $jobs | Wait-ExportJob @soon | Save-ExportFile @save | Import-ExportFile | Select-Object -First 1
        $record | Should -BeOfType LinkedInExports.SeatRecord
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 30
    }

    It 'sends only jobs to <Name>' -ForEach @(
        @{ Name = '-OutVariable'; Run = { New-Job | Wait-ExportJob @soon -OutVariable received | Save-ExportFile @save } }
        @{
            Name = '-PipelineVariable'
            Run  = {
                New-Job | Wait-ExportJob @soon -PipelineVariable job | Save-ExportFile @save |
                    ForEach-Object { $received.Add($job) }
            }
        }
        @{
            Name = 'a command in between'
            Run  = { New-Job | Wait-ExportJob @soon | ForEach-Object { $received.Add($_); $_ } | Save-ExportFile @save }
        }
        @{
            Name = 'a pipeline in a script block'
            Run  = {
                New-Job | Wait-ExportJob @soon |
                    ForEach-Object { $received.Add($_); $_ | Where-Object { $true } | Save-ExportFile @save }
            }
        }
        @{ Name = 'a proxy command'; Run = { New-Job | Wait-ExportJob @soon | Save-Proxy @save -Received $received } }
    ) {
        $null = . $Run
        Assert-TwoJob @($received)
    }

    It 'saves nothing for an empty list' {
        Save-ExportFile -InputObject @() @save | Should -BeNullOrEmpty
    }
}
