# Ends with 0 if Pester 5.5 or later is among the user's modules or in the repository's artifacts folder, otherwise with 1.
$modules = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../artifacts/modules")
$env:PSModulePath = $modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
exit [int] -not (Get-Module -ListAvailable -Name Pester | Where-Object Version -GE 5.5)
