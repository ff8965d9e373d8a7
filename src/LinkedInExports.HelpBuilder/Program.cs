using LinkedInExports.HelpBuilder;
using LinkedInExports.HelpBuilder.Metadata;
using LinkedInExports.Tooling;

const string Usage = """
    (no arguments)            brings docs/en-US up to date with the commands in module/bin; build the module before and after
    constants <file>          writes C# constants for HelpMessage and HelpUri; PUBLISHED_PAGES is where the pages are published
    help <module> <folder>    writes the files that Get-Help reads about the module in a folder of dlls
    """;

switch (args)
{
    case []:
        return UpdatePages();
    case ["constants", string file]:
        string pages = Environment.GetEnvironmentVariable("PUBLISHED_PAGES") ?? "";
        new HelpFile(file, HelpConstants.Write(HelpSet.SourceFolder, pages)).Write();
        return 0;
    case ["help", string module, string folder]:
        BuiltModule.Bin = Path.GetFullPath(module);
        WriteHelp(Path.GetFullPath(folder));
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

static int UpdatePages()
{
    IReadOnlyList<HelpFile> pages = HelpSet.Pages();
    HelpFile[] stale = [.. pages.Where(file => !file.IsUpToDate)];
    foreach (HelpFile file in stale)
    {
        file.Write();
        Console.WriteLine($"Updated: {Path.GetRelativePath(Repository.Root, file.Path)}");
    }

    foreach (string leftover in HelpSet.Leftovers(HelpSet.SourceFolder, pages))
        Console.WriteLine($"Describes no command: {Path.GetRelativePath(Repository.Root, leftover)}");
    Console.WriteLine(stale.Length == 0 ? "The pages are up to date." : $"{stale.Length} pages updated.");
    return 0;
}

static void WriteHelp(string folder)
{
    IReadOnlyList<HelpFile> files = HelpSet.Output(folder);
    foreach (HelpFile file in files)
        file.Write();
    foreach (string leftover in HelpSet.Leftovers(folder, files))
        File.Delete(leftover);
}
