using System.Diagnostics;
using LinkedInExports.Emulator;
using LinkedInExports.Quickstart;
using LinkedInExports.Tooling;

var watch = Stopwatch.StartNew();
string destination = Path.Combine(Repository.Root, "out", "quickstart");
string folder = Directory.CreateTempSubdirectory("linkedin-exports-").FullName;
try
{
    await using LinkedInEmulator emulator = await LinkedInEmulator.StartAsync(
        new EmulatorOptions
        {
            Parts = 3,
            RowsPerPart = 1000,
            ProcessingTime = TimeSpan.FromSeconds(2),
        }
    );
    Console.WriteLine($"The LinkedIn emulator is listening on {emulator.BaseUri}. No data leaves this machine.");

    string recordsPath = Path.Combine(folder, "records.txt");
    // Job ids start at the same number in each run, so the files of the previous run have the same names.
    if (Directory.Exists(destination))
        Directory.Delete(destination, recursive: true);
    if (PowerShellLocator.Find(Repository.Root, Console.WriteLine) is { } shell)
    {
        await ModuleRun.RunAsync(shell, emulator, destination, recordsPath);
    }
    else
    {
        Console.WriteLine();
        Console.WriteLine(PowerShellLocator.InstallHint);
        Console.WriteLine("Continuing without PowerShell: calling the engine of the cmdlets directly.");
        await EngineRun.RunAsync(emulator, destination, recordsPath);
    }

    int problems = Check.Compare(emulator, recordsPath);
    Console.WriteLine();
    Console.WriteLine(
        problems == 0
            ? $"All {File.ReadLines(recordsPath).Count()} records match those of the server "
                + $"({watch.Elapsed.TotalSeconds:0.0} s)."
            : $"{problems} records differ from those of the server."
    );
    Console.WriteLine($"The files are in {destination}.");
    return problems == 0 ? 0 : 1;
}
catch (QuickstartException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
