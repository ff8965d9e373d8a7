namespace LinkedInExports.Emulator.Http;

/// <summary>Checks that a service applies to all its requests.</summary>
internal interface IRequestCheck
{
    /// <summary>Returns an error, or <c>null</c>.</summary>
    EmulatorResponse? Check(EmulatorRequest request);

    /// <summary>Adds the headers that the service sends in all responses.</summary>
    void Complete(EmulatorRequest request, EmulatorResponse response) { }
}
