using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pond.Platform.Outbox;

namespace Pond.Tests;

/// <summary>What really lies in the file, read past the app through a connection of its own.</summary>
internal sealed record StoredRow(string Partition, string Key, string Data)
{
    /// <summary>Whether it waits in an outbox for its effect.</summary>
    public bool IsWaiting => Key.StartsWith(OutboxRow.Waiting + ":", StringComparison.Ordinal);

    /// <summary>Every row, in the order of partition and key.</summary>
    public static IReadOnlyList<StoredRow> All(MiniProgramApi api) =>
        Read(api, "SELECT partition, key, data FROM stored_row ORDER BY partition, key");

    /// <summary>Every row but those that only say where to look later.</summary>
    public static IReadOnlyList<StoredRow> AllButHints(MiniProgramApi api) =>
        [.. All(api).Where(row => !row.Partition.Contains(":due:", StringComparison.Ordinal))];

    /// <summary>Every message that waits in a queue, as a row.</summary>
    public static IReadOnlyList<StoredRow> Messages(MiniProgramApi api) =>
        Read(api, "SELECT queue, CAST(id AS TEXT), body FROM message ORDER BY id");

    private static List<StoredRow> Read(MiniProgramApi api, string sql)
    {
        var folder = api.Services.GetRequiredService<IConfiguration>()["Pond:DataPath"]!;
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(folder, "pond.db"),
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
            }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<StoredRow>();
        while (reader.Read()) rows.Add(new StoredRow(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return rows;
    }
}
