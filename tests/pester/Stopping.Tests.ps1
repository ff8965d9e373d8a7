BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    $manifest = Get-ManifestPath
    Import-Module -Name $manifest
    $crm = Get-CrmInstance
    $emulator = Start-Emulator -Option @{ rows = 1000; 'extra-columns' = 'Owner,Region' }
    Connect-Emulator $emulator
    $slowEmulator = Start-Emulator -Option @{ 'processing-time' = 3600 }
}

AfterAll {
    Stop-Emulator $emulator
    Stop-Emulator $slowEmulator
}

Describe 'A stopped pipeline' {
    It 'adds nothing to $Error when Select-Object -First 1 stops <Name>' -ForEach @(
        @{
            Name = 'New-CrmValidationExportJob'
            Run  = { $crm, $crm | New-CrmValidationExportJob -ExportStartAt 2025-01-01 | Select-Object -First 1 }
        }
        @{
            Name = 'Get-CrmValidationExportJob'
            Run  = { Get-CrmValidationExportJob $jobs.JobId -CrmInstanceId $crm | Select-Object -First 1 }
        }
        @{ Name = 'Wait-ExportJob'; Run = { $jobs | Wait-ExportJob | Select-Object -First 1 } }
        @{ Name = 'Save-ExportFile'; Run = { $jobs | Save-ExportFile -Destination "$TestDrive/first" | Select-Object -First 1 } }
        @{ Name = 'Import-ExportFile'; Run = { Import-ExportFile "$TestDrive/stop/*.csv" | Select-Object -First 1 } }
        @{
            Name = 'the whole pipeline'
            Run  = {
                New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01 | Wait-ExportJob |
                    Save-ExportFile -Destination "$TestDrive/whole" | Import-ExportFile | Select-Object -First 1
            }
        }
    ) {
        Clear-Emulator $emulator
        $jobs = $crm, $crm | New-CrmValidationExportJob -ExportStartAt 2025-01-01 | Wait-ExportJob
        $null = $jobs[0] | Save-ExportFile -Destination "$TestDrive/stop"
        $Error.Clear()
        @(& $Run).Count | Should -Be 1
        $Error.Count | Should -Be 0
    }

    It 'stops <Name> promptly' -ForEach @(
        @{
            Name   = 'New-CrmValidationExportJob'
            Fault  = @{ kind = 'latency'; delaySeconds = 30 }
            Script = 'New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01'
        }
        @{
            Name   = 'Get-CrmValidationExportJob'
            Fault  = @{ kind = 'latency'; delaySeconds = 30 }
            Script = 'Get-CrmValidationExportJob 1 -CrmInstanceId $crm'
        }
        @{
            Name   = 'Wait-ExportJob between two questions'
            Fault  = @{ kind = 'status'; statusCode = 200; body = 'empty'; skip = 1000 }
            Script = '$slow | Wait-ExportJob'
        }
        @{
            Name   = 'Wait-ExportJob in a pause before a retry'
            Fault  = @{ kind = 'status'; statusCode = 429; retryAfterSeconds = 60; times = -1 }
            Script = '$slow | Wait-ExportJob'
        }
        @{
            Name   = 'Save-ExportFile in a download'
            Fault  = @{ kind = 'stallBody'; atByte = 1000; pathPrefix = '/ambry/'; times = -1 }
            Script = '$job | Save-ExportFile -Destination $out'
        }
        @{ Name = 'Import-ExportFile'; Fault = $null; Script = 'while ($true) { Import-ExportFile $path | ForEach-Object { } }' }
    ) {
        $hanging = if ($Script -match 'slow') { $slowEmulator } else { $emulator }
        try {
            $connection = Connect-Emulator $hanging @{ PassThru = $true }
            $job = $slow = New-CrmValidationExportJob $crm -ExportStartAt 2025-01-01
            if ($Script -match '\$job') { $job = $job | Wait-ExportJob }
            if ($Fault) { Add-EmulatorFault $hanging $Fault }
            $state = [initialsessionstate]::CreateDefault()
            $state.ImportPSModule($manifest)
            $shell = [powershell]::Create($state)
            $out = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid())
            $path = "$TestDrive/stop-input.csv"
            "crmId,crmRecordType,expiredAt,createdAt`n" + ("a,LEAD,1,2`n" * 10000) | Set-Content -Path $path
            foreach ($variable in 'crm', 'slow', 'job', 'out', 'path') {
                $shell.Runspace.SessionStateProxy.SetVariable($variable, (Get-Variable -Name $variable -ValueOnly))
            }
            # Import-ExportFile has no connection.
            if ($Name -ne 'Import-ExportFile') {
                $defaults = [System.Management.Automation.DefaultParameterDictionary] @{ '*-*Export*:Connection' = $connection }
                $shell.Runspace.SessionStateProxy.SetVariable('PSDefaultParameterValues', $defaults)
            }
            $running = $shell.AddScript($Script).BeginInvoke()
            Start-Sleep -Milliseconds 700
            $running.IsCompleted | Should -BeFalse -Because 'it has to run when it is stopped'

            # Without the stop, the command would run for 30 s or longer.
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
            $shell.Streams.Error.Count | Should -Be 0
            if (Test-Path -LiteralPath $out) { @(Get-ChildItem -LiteralPath $out).Count | Should -Be 0 }
        }
        finally {
            if ($shell) { $shell.Dispose() }
            Clear-Emulator $hanging
            Connect-Emulator $emulator
        }
    }
}
