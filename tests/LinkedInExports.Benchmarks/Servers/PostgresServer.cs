using System.Diagnostics;
using System.Globalization;
using LinkedInExports.Benchmarks.Runner;

namespace LinkedInExports.Benchmarks.Servers;

/// <summary>A PostgreSQL server with an empty database, which listens only on a socket in its folder.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string Packages = "/usr/lib/postgresql";

    private readonly string _bin;
    private readonly string _folder;

    private PostgresServer(string bin, string folder)
    {
        _bin = bin;
        _folder = folder;
    }

    internal string ConnectionString => $"Host={_folder};Username=postgres;Database=postgres;Include Error Detail=true";

    /// <summary>Starts a server of the Debian packages, or returns null without them.</summary>
    internal static async Task<PostgresServer?> TryStartAsync()
    {
        string? bin = Directory.Exists(Packages)
            ? Directory
                .GetDirectories(Packages)
                .Order(StringComparer.Ordinal)
                .Select(version => Path.Combine(version, "bin"))
                .LastOrDefault()
            : null;
        if (bin is null || !File.Exists(Path.Combine(bin, "initdb")))
            return null;

        // The path of a socket has at most 107 characters, so the folder is not in that of the benchmarks.
        string folder = Directory.CreateTempSubdirectory("linkedin-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
            await ChildProcesses.RunAsync(new ProcessStartInfo("chown", ["postgres", folder]));
        var server = new PostgresServer(bin, folder);
        await ChildProcesses.RunAsync(server.CreateStart("initdb", "-U", "postgres", "-A", "trust"));
        await ChildProcesses.RunAsync(
            server.CreateStart("pg_ctl", "-w", "-l", $"{folder}/log", "-o", $"-k {folder} -c listen_addresses=''", "start")
        );
        return server;
    }

    public void Dispose()
    {
        ChildProcesses.RunAsync(CreateStart("pg_ctl", "-m", "immediate", "stop")).GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>PostgreSQL does not run as root.</summary>
    private ProcessStartInfo CreateStart(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(_bin, program), "-D", Path.Combine(_folder, "db"), .. arguments];
        return Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", .. command])
            : new ProcessStartInfo(command[0], command[1..]);
    }
}
