using System.Runtime.InteropServices;
using LinkedInExports.HostTests;

string folder = Path.Combine(Path.GetTempPath(), $"LinkedInExports-{Guid.NewGuid():N}");
Directory.CreateDirectory(folder);
var checks = new Checks();
try
{
    Console.WriteLine($"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}");
    FileOperations.Run(checks, folder);
    if (args is [var baseUri, var token])
    {
        using var workflow = new Workflow(checks, folder, new Uri(baseUri), token);
        workflow.Run();
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

Console.WriteLine($"{checks.Passed} passed, {checks.Failed} failed, 0 skipped");
return checks.Failed == 0 ? 0 : 1;
