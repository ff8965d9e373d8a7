using System.Data.Common;
using LinkedInExports.Benchmarks.Runner;
using Microsoft.Data.Sqlite;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>SQLite, with one prepared statement for all rows.</summary>
internal sealed class SqliteTarget : DatabaseTarget
{
    private const string CreateTable =
        "DROP TABLE IF EXISTS activity; CREATE TABLE activity (ActivityId TEXT, ActivityType TEXT, CreatedAt TEXT, "
        + "SeatId INTEGER, MemberIdentityKey TEXT)";

    private readonly string _folder;
    private readonly string _connectionString;

    internal SqliteTarget(string folder)
    {
        _folder = folder;
        _connectionString = $"Data Source={Path.Combine(folder, "test.db")};Pooling=False";
        string build = AppContext.BaseDirectory;
        string native = Path.Combine(
            build,
            "runtimes",
            System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier,
            "native"
        );
        if (!Directory.Exists(native))
            native = Path.Combine(build, "runtimes", "linux-x64", "native");

        // The native library is found next to the assembly that uses it.
        foreach (
            string file in Directory
                .GetFiles(build, "SQLitePCLRaw.*.dll")
                .Append(Path.Combine(build, "Microsoft.Data.Sqlite.dll"))
                .Concat(Directory.GetFiles(native, "*e_sqlite3*"))
        )
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    internal override string Name => "SQLite";

    protected override IEnumerable<string> Assemblies => Directory.GetFiles(_folder, "*.dll");

    protected override string OpenConnection =>
        $$"""
            $connection = [Microsoft.Data.Sqlite.SqliteConnection]::new({{Shell.Quoted(_connectionString)}})
            $connection.Open()
            $command = $connection.CreateCommand()
            $command.CommandText = '{{CreateTable}}'
            $null = $command.ExecuteNonQuery()
            """;

    protected override string Loop => Recipes.Get("Load a database");

    protected override string LoadTable =>
        $$"""
            $transaction = $connection.BeginTransaction()
                $command = $connection.CreateCommand()
                $command.Transaction = $transaction
                $command.CommandText = '{{Insert}}'
                [BulkInsert]::Run($reader, $command)
                $transaction.Commit()
            """;

    internal override long Load(DbDataReader reader)
    {
        using DbDataReader owned = reader;
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        Execute(connection, CreateTable);
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = Insert;
        for (int i = 0; i < reader.FieldCount; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" });
        long rows = 0;
        for (; reader.Read(); rows++)
        {
            for (int i = 0; i < reader.FieldCount; i++)
                command.Parameters[i].Value = reader.GetValue(i);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
        return rows;
    }
}
