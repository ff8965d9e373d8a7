using System.Runtime.InteropServices;
using LinkedInExports.HostTests;

string folder = Path.Combine(Path.GetTempPath(), $"LinkedInExports-{Guid.NewGuid():N}");
Directory.CreateDirectory(folder);
var checks = new Checks();
try
{
    Console.WriteLine($"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}");
#if NETFRAMEWORK
    if (args is [var bin])
        AssemblyResolution.Run(checks, bin);
    else
#endif
        EngineChecks.Run(checks, folder, args);
}
finally
{
    Directory.Delete(folder, recursive: true);
}

Console.WriteLine($"{checks.Passed} passed, {checks.Failed} failed, 0 skipped");
return checks.Failed == 0 ? 0 : 1;
