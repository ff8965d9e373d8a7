namespace LinkedInExports.Completion;

/// <summary>Completes the scopes of the APIs that this module uses.</summary>
internal sealed class ScopeCompleter : SessionCompleter
{
    private static readonly (string Scope, string Use)[] Known =
    [
        ("r_sales_nav_analytics", "Sales analytics exports: Get-SalesContract, New-SalesAnalyticsExportJob"),
        ("r_sales_nav_validation", "CRM validation exports: New-CrmValidationExportJob"),
    ];

    private protected override IEnumerable<CompletionCandidate> GetCandidates(string commandName) =>
        Known.Select(scope => new CompletionCandidate(scope.Scope, scope.Scope, scope.Use, scope.Scope));
}
