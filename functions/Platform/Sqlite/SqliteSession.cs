using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pond.Platform.Sqlite;

/// <summary>One connection and its prepared statements, for one thread at a time.</summary>
public sealed class SqliteSession : IDisposable
{
    /// <summary>How long a statement waits for another process that holds the lock.</summary>
    private const int BusySecondsMax = 5;

    private const int MillisecondsPerSecond = 1_000;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    internal SqliteSession(string path, SqliteOpenMode mode)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false, // closed means closed: nothing keeps a handle on the file
            DefaultTimeout = BusySecondsMax,
        }.ToString());
        connection.Open();
        Execute($"PRAGMA busy_timeout = {BusySecondsMax * MillisecondsPerSecond}");
    }

    /// <summary>False also after SQLite rolled back by itself, as it does when the disk is full.</summary>
    internal bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">A constant text, prepared once and kept. Values go into parameters, never into it.</param>
    /// <param name="values">The parameters, in the same order each time.</param>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object Value)> values) =>
        Bind(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row, or null when there is no row. See <see cref="Execute"/>.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object Value)> values) =>
        Bind(sql, values).ExecuteScalar();

    /// <summary>The rows found; dispose the reader before the next statement. See <see cref="Execute"/>.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<(string Name, object Value)> values) =>
        Bind(sql, values).ExecuteReader();

    public void Dispose() => connection.Dispose(); // and its commands with it

    private SqliteCommand Bind(string sql, ReadOnlySpan<(string Name, object Value)> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
            prepared.Add(sql, command);
            return command;
        }

        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i].Value;
        return command;
    }
}
