namespace LinkedInExports.HostTests;

/// <summary>The checks with the engine, in a separate method: the checks of the resolution run without its assemblies.</summary>
internal static class EngineChecks
{
    internal static void Run(Checks checks, string folder, string[] args)
    {
        FileOperations.Run(checks, folder);
        if (args is [var baseUri, var token])
        {
            using var workflow = new Workflow(checks, folder, new Uri(baseUri), token);
            workflow.Run();
        }
    }
}
