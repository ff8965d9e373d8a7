using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using LinkedInExports.Benchmarks.Runner;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>A database with a table of activities, and the ways to load it.</summary>
internal abstract class DatabaseTarget
{
    internal abstract string Name { get; }

    /// <summary>Creates a script that loads a file with the recipe of the documentation, after a smaller one.</summary>
    internal string CreateScript(string path, string warmUpPath, long rows) =>
        $$"""
            {{Shell.ImportModule}}
            {{LoadProviders}}
            {{OpenConnection}}
            {{Loop}}
            function Import-Table($Path) {
                $reader = Import-ExportFile -LiteralPath $Path -AsDataReader
                {{LoadTable}}
                $reader.Dispose()
            }
            $null = Import-Table {{Shell.Quoted(warmUpPath)}}
            Measure-Work { Import-Table {{Shell.Quoted(path)}} } {{rows}}
            """;

    /// <summary>Creates a script that loads a file with one statement for each record.</summary>
    internal string CreatePipelineScript(string path, long rows) =>
        $$"""
            {{Shell.ImportModule}}
            {{LoadProviders}}
            {{OpenConnection}}
            Measure-Work {
                $transaction = $connection.BeginTransaction()
                $command = $connection.CreateCommand()
                $command.Transaction = $transaction
                $command.CommandText = '{{Insert}}'
                foreach ($i in 0..4) {
                    $parameter = $command.CreateParameter()
                    $parameter.ParameterName = "@p$i"
                    $null = $command.Parameters.Add($parameter)
                }
                $count = 0
                Import-ExportFile -LiteralPath {{Shell.Quoted(path)}} | ForEach-Object {
                    $command.Parameters[0].Value = $_.ActivityId
                    $command.Parameters[1].Value = $_.ActivityType
                    $command.Parameters[2].Value = $_.CreatedAt.UtcDateTime
                    $command.Parameters[3].Value = $_.SeatId
                    $command.Parameters[4].Value = $_.MemberIdentityKey ?? [DBNull]::Value
                    $null = $command.ExecuteNonQuery()
                    $count++
                }
                $transaction.Commit()
                $count
            } {{rows}}
            """;

    /// <summary>Loads all rows in a transaction, into an empty table.</summary>
    internal abstract long Load(DbDataReader reader);

    protected const string Insert = "INSERT INTO activity VALUES (@p0, @p1, @p2, @p3, @p4)";

    protected abstract string OpenConnection { get; }

    /// <summary>The definition of the loop.</summary>
    protected abstract string Loop { get; }

    /// <summary>The statements that load <c>$reader</c> in a transaction, and output the number of rows.</summary>
    protected abstract string LoadTable { get; }

    protected abstract IEnumerable<string> Assemblies { get; }

    private string LoadProviders => $"Add-Type -Path {string.Join(", ", Assemblies.Select(Shell.Quoted))}";

    [SuppressMessage("Security", "CA2100", Justification = "The statements are constants.")]
    protected static void Execute(DbConnection connection, string sql)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
