namespace LinkedInExports.Emulator.Http;

/// <summary>What one of LinkedIn's services asks of every request.</summary>
internal interface IServiceRules
{
    /// <summary>The refusal, or <c>null</c>.</summary>
    ApiResponse? Check(ApiRequest request);

    /// <summary>Headers that the service puts on every answer of its operations.</summary>
    void Complete(ApiRequest request, ApiResponse response);
}
