using System.Data.Common;
using LinkedInExports.Benchmarks.Runner;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>PostgreSQL, with COPY.</summary>
internal sealed class PostgresTarget(string connectionString) : DatabaseTarget
{
    private const string CreateTable =
        "DROP TABLE IF EXISTS activity; CREATE TABLE activity (activity_id text, activity_type text, created_at timestamptz, "
        + "seat_id bigint, member_identity_key text)";

    private const string Copy = "COPY activity FROM STDIN (FORMAT BINARY)";

    internal override string Name => "PostgreSQL";

    protected override IEnumerable<string> Assemblies =>
        [
            typeof(IServiceCollection).Assembly.Location,
            typeof(ILogger).Assembly.Location,
            typeof(NpgsqlConnection).Assembly.Location,
        ];

    protected override string OpenConnection =>
        $$"""
            $connection = [Npgsql.NpgsqlConnection]::new({{Shell.Quoted(connectionString)}})
            $connection.Open()
            $command = $connection.CreateCommand()
            $command.CommandText = '{{CreateTable.Replace("'", "''", StringComparison.Ordinal)}}'
            $null = $command.ExecuteNonQuery()
            """;

    protected override string Loop
    {
        get
        {
            string recipe = Recipes.Get("PostgreSQL");
            return recipe[..(recipe.IndexOf("\n'@\n", StringComparison.Ordinal) + 4)];
        }
    }

    protected override string LoadTable =>
        $$"""
            $transaction = $connection.BeginTransaction()
                [long] [PostgresCopy]::Run($reader, $connection, '{{Copy}}')
                $transaction.Commit()
            """;

    internal override long Load(DbDataReader reader)
    {
        using DbDataReader owned = reader;
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        Execute(connection, CreateTable);
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        long rows;
        using (NpgsqlBinaryImporter importer = connection.BeginBinaryImport(Copy))
        {
            while (reader.Read())
            {
                importer.StartRow();
                for (int i = 0; i < reader.FieldCount; i++)
                {
                    if (reader.IsDBNull(i))
                        importer.WriteNull();
                    else if (reader.GetFieldType(i) == typeof(string))
                        importer.Write(reader.GetString(i));
                    else if (reader.GetFieldType(i) == typeof(long))
                        importer.Write(reader.GetInt64(i));
                    else
                        importer.Write(reader.GetDateTime(i));
                }
            }

            rows = (long)importer.Complete();
        }

        transaction.Commit();
        return rows;
    }
}
