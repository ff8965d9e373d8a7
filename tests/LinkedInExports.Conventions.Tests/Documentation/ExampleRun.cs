using System.Diagnostics;
using System.Text.Json;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests.Documentation;

/// <summary>Runs the examples of all pages in one PowerShell process, when the first test needs them.</summary>
public sealed class ExampleRun
{
    private readonly Lazy<Dictionary<string, string[]>> _printed = new(Run);

    /// <summary>Gets what the examples of a page printed, in their order.</summary>
    internal string[] GetOutput(string page) => _printed.Value[page];

    private static Dictionary<string, string[]> Run()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string pages = Path.Combine(folder.FullName, "pages.json");
            string result = Path.Combine(folder.FullName, "result.json");
            File.WriteAllText(
                pages,
                JsonSerializer.Serialize(
                    DocumentationPage
                        .All.Where(page => page.Examples.Count > 0)
                        .Select(page => new { page.Name, Examples = page.Examples.Select(example => example.Code) })
                )
            );

            string script = Path.Combine(
                Repository.Root,
                "tests",
                "LinkedInExports.Conventions.Tests",
                "Documentation",
                "Invoke-Example.ps1"
            );
            ProcessStartInfo start = PowerShellTheoryAttribute.Shell!.Script(script, "-PagesPath", pages, "-ResultPath", result);
            start.WorkingDirectory = Repository.Root;
            start.Environment["NO_COLOR"] = "1";
            start.Environment["LINKEDINEXPORTS_DATA"] = folder.FullName; // Not the folder of the user.
            CommandLine.Result? run = CommandLine.Run(start, TimeSpan.FromMinutes(5));
            Assert.True(run is { IsSuccess: true }, $"Invoke-Example.ps1 failed: {run?.Output}{run?.Errors}");
            return JsonSerializer
                .Deserialize<Page[]>(File.ReadAllText(result))!
                .ToDictionary(page => page.Name, page => page.Printed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed record Page(string Name, string[] Printed);
}
