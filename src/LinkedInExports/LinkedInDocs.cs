namespace LinkedInExports;

/// <summary>The pages of LinkedIn's documentation that Get-Help -Online opens.</summary>
internal static class LinkedInDocs
{
    internal const string ClientCredentials = Base + "shared/authentication/client-credentials-flow";
    internal const string RefreshTokens = Base + "shared/authentication/programmatic-refresh-tokens";
    internal const string DataValidation = Base + "sales/api-reference/r_sales_nav_validation/sales-navigator-data-validation";
    internal const string SalesContracts = Base + "sales/api-reference/r_sales_nav_analytics/sales-contracts";
    internal const string SalesAnalyticsExportJobs =
        Base + "sales/api-reference/r_sales_nav_analytics/sales-analytics-export-jobs";
    internal const string ExportsSchema = Base + "sales/analytics-services/exports-schema";
    internal const string AnalyticsDesign = Base + "sales/analytics-services/design-considerations";
    internal const string RestLiProtocol = Base + "shared/api-guide/concepts/protocol-version";
    internal const string CandidateResumes = Base + "talent/crm-connect/sync-crm-candidate-resumes";

    private const string Base = "https://learn.microsoft.com/en-us/linkedin/";
}
