# Ends with 0 if Pester 5.5 or later is among the user's modules or in the repository's artifacts folder, into which it is
# downloaded if it is missing. Ends with 1 if that fails.
$modules = [System.IO.Path]::GetFullPath("$PSScriptRoot/../../artifacts/modules")
$env:PSModulePath = $modules + [System.IO.Path]::PathSeparator + $env:PSModulePath
function Test-Pester { [bool] (Get-Module -ListAvailable -Name Pester | Where-Object Version -GE 5.5) }
if (-not (Test-Pester)) {
    & dotnet msbuild "$PSScriptRoot/Pester.csproj" -restore -t:SavePester -v:q -nologo
}
exit [int] -not (Test-Pester)
