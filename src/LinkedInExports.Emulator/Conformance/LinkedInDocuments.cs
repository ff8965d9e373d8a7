namespace LinkedInExports.Emulator.Conformance;

/// <summary>The pages of LinkedIn's documentation.</summary>
internal static class LinkedInDocuments
{
    private const string Root = "https://learn.microsoft.com/en-us/linkedin/";

    public static readonly Uri ApplicationTokens = new(Root + "shared/authentication/client-credentials-flow");
    public static readonly Uri ErrorHandling = new(Root + "shared/api-guide/concepts/error-handling");
    public static readonly Uri ProtocolVersion = new(Root + "shared/api-guide/concepts/protocol-version");
    public static readonly Uri QueryTunneling = new(Root + "shared/api-guide/concepts/query-tunneling");
    public static readonly Uri RateLimits = new(Root + "shared/api-guide/concepts/rate-limits");
    public static readonly Uri Versioning = new(Root + "talent/versioning?view=li-lts-2025-01");
    public static readonly Uri Resumes = new(Root + "talent/crm-connect/sync-crm-candidate-resumes");
    public static readonly Uri AnalyticsDesign = new(Root + "sales/analytics-services/design-considerations");

    public static readonly Uri AnalyticsJobs = new(
        Root + "sales/api-reference/r_sales_nav_analytics/sales-analytics-export-jobs"
    );

    public static readonly Uri Contracts = new(Root + "sales/api-reference/r_sales_nav_analytics/sales-contracts");

    public static readonly Uri ValidationJobs = new(
        Root + "sales/api-reference/r_sales_nav_validation/sales-navigator-data-validation"
    );
}
