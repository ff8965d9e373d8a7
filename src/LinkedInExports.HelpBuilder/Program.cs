using LinkedInExports.HelpBuilder;
using LinkedInExports.Tooling;

// Brings the help up to date with the commands and with what people wrote: run it after either has changed.
HelpFile[] stale = [.. HelpSet.Render().Where(file => !file.IsUpToDate)];
foreach (HelpFile file in stale)
{
    file.Write();
    Console.WriteLine($"Written: {Path.GetRelativePath(Repository.Root, file.Path)}");
}

foreach (string leftover in HelpSet.Leftovers())
    Console.WriteLine($"Belongs to no command any more: {Path.GetRelativePath(Repository.Root, leftover)}");
Console.WriteLine(stale.Length == 0 ? "The help is up to date." : $"{stale.Length} files written.");
