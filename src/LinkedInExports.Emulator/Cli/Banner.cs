using System.Globalization;

namespace LinkedInExports.Emulator.Cli;

/// <summary>The text that is printed when the emulator is ready, with commands to paste into PowerShell.</summary>
internal static class Banner
{
    public static string Create(LinkedInEmulator emulator, EmulatorOptions options)
    {
        string address = emulator.BaseUri.GetLeftPart(UriPartial.Authority);
        string job = string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Parts} file(s) of {options.RowsPerPart:N0} rows, ready after {options.ProcessingTime.TotalSeconds} s"
        );
        return $"""

            LinkedInExports emulator: LinkedIn's export endpoints on this machine
            A validation job has {job}. --help shows more.

            In PowerShell, at the root of the repository:

              $env:LINKEDIN_ACCESS_TOKEN = {Quote(emulator.AccessToken)}
              $env:LINKEDIN_BASE_URI = {Quote(emulator.BaseUri.AbsoluteUri)}

              # or, instead of the token, the application that gets tokens:
              $env:LINKEDIN_TOKEN_URI = {Quote(emulator.TokenUri.AbsoluteUri)}
              $env:LINKEDIN_CLIENT_ID = {Quote(emulator.ClientId)}
              $env:LINKEDIN_CLIENT_SECRET = {Quote(emulator.ClientSecret)}

              Import-Module ./LinkedInExports.psd1

              $crm = 'urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)'
              New-CrmValidationExportJob -CrmInstanceId $crm -ExportStartAt (Get-Date).AddDays(-30) |
                  Wait-ExportJob | Save-ExportFile -Destination ./out | Import-ExportFile

              Get-SalesContract -ReportingOnly |
                  New-SalesAnalyticsExportJob -ExportType Activity -StartAt (Get-Date).AddDays(-30) -EndAt (Get-Date) |
                  Wait-ExportJob | Save-ExportFile -Destination ./out | Import-ExportFile | Group-Object ActivityType

            The token and the secret work only with this emulator. To stop it, press Ctrl+C.

            Now listening on: {address}

            """;
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
