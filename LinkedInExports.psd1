@{
    RootModule             = 'module/LinkedInExports.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = 'b3b8f5a6-6d5c-4c0e-9d2c-7a3c1f0e4d91'
    Author                 = 'LinkedInExports contributors'
    CompanyName            = 'LinkedInExports contributors'
    Copyright              = '(c) 2026 LinkedInExports contributors. MIT License.'
    Description            = 'Downloads Sales Navigator exports from LinkedIn as verified files and typed objects, and synchronizes the resumes of candidates with Recruiter.'
    # The root module rejects PowerShell 6.0 to 7.3.
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'

    FormatsToProcess       = @('module/LinkedInExports.Format.ps1xml')

    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Connect-LinkedIn'
        'Disconnect-LinkedIn'
        'Get-LinkedInConnection'
        'Test-LinkedInConnection'
        'Save-LinkedInIncident'
        'Invoke-LinkedInApi'
        'Get-SalesContract'
        'New-CrmValidationExportJob'
        'Get-CrmValidationExportJob'
        'New-SalesAnalyticsExportJob'
        'Get-SalesAnalyticsExportJob'
        'Get-ExportJob'
        'Wait-ExportJob'
        'Save-ExportFile'
        'Test-ExportFile'
        'Import-ExportFile'
        'Compare-ExportFile'
        'Export-LinkedInCsv'
        'New-ExportReport'
        'Send-CandidateResume'
        'Sync-CandidateResume'
        'Remove-CandidateResume'
        'Get-CandidateResumeSync'
    )
    VariablesToExport      = @()
    AliasesToExport        = @()

    PrivateData            = @{
        PSData = @{
            Tags         = @('LinkedIn', 'SalesNavigator', 'Recruiter', 'CRM', 'Resume', 'Analytics', 'Export', 'CSV', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md'
        }
    }
}
