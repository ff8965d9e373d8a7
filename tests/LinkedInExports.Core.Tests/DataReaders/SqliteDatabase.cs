using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace LinkedInExports.Core.Tests.DataReaders;

/// <summary>A SQLite database in memory with a table of activities.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    internal SqliteDatabase()
    {
        _connection.Open();
        Execute("CREATE TABLE Activity (ActivityId TEXT, ActivityType TEXT, CreatedAt TEXT, SeatId INTEGER, Member TEXT)");
    }

    /// <summary>Loads all rows in a transaction.</summary>
    internal void Load(DbDataReader reader)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        using SqliteCommand insert = _connection.CreateCommand();
        insert.CommandText = "INSERT INTO Activity VALUES ($0, $1, $2, $3, $4)";
        for (int i = 0; i < reader.FieldCount; i++)
            insert.Parameters.Add(new SqliteParameter($"${i}", null));
        while (reader.Read())
        {
            for (int i = 0; i < reader.FieldCount; i++)
                insert.Parameters[i].Value = reader.GetValue(i);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    internal long CountRows()
    {
        using SqliteCommand count = _connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM Activity";
        return (long)count.ExecuteScalar()!;
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
