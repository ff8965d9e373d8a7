namespace LinkedInExports.Emulator.Http;

/// <summary>What one of LinkedIn's services asks of every request.</summary>
internal interface IRequestCheck
{
    /// <summary>The refusal, or <c>null</c>.</summary>
    EmulatorResponse? Check(EmulatorRequest request);

    /// <summary>Headers that the service puts on every answer of its operations.</summary>
    void Complete(EmulatorRequest request, EmulatorResponse response);
}
