using Microsoft.Extensions.DependencyInjection;
using Pond.Platform.Outbox;
using Pond.Platform.Sqlite;

namespace Pond.Tests.FaultInjection;

/// <summary>Lets an app finish what it has begun, and looks at the rows that say whether it has.</summary>
internal static class Settling
{
    private const int SweepsMax = 12;

    private const string FindAll = "SELECT partition, key, data FROM stored_row ORDER BY partition, key";

    private const string FindPointers = "SELECT queue, body FROM message ORDER BY id";

    /// <summary>Long enough for every hint that was left until now to be due.</summary>
    public static readonly TimeSpan BetweenSweeps = DueHints.Ripening + TimeSpan.FromMinutes(1);

    /// <summary>Lets time pass until everything is done that was begun: a few sweeps are enough.</summary>
    public static Task Settle(this MiniProgramApi api) => api.Settle(CommonStorage.OneFile);

    /// <summary>The same for an app whose rows lie in a storage of the test's choice.</summary>
    public static async Task Settle(this MiniProgramApi api, CommonStorage storage)
    {
        await api.Deliver();
        for (var sweeps = 0; sweeps < SweepsMax && (await api.Unfinished(storage)).Count > 0; sweeps++)
        {
            api.Clock.Advance(BetweenSweeps);
            await api.Fire(nameof(SweepOutbox));
            await api.Deliver();
        }

        Assert.Empty(await api.Unfinished(storage));
    }

    /// <summary>Outbox rows, and hints that lead to some. Hints of deadlines to come may stay.</summary>
    public static async Task<IReadOnlyList<StoredRow>> Unfinished(this MiniProgramApi api, CommonStorage storage) =>
    [
        .. (await storage.Rows(api)).Where(row => row.IsWaiting
            || row.Partition.EndsWith(":due:" + DueHints.Outbox, StringComparison.Ordinal)),
    ];

    /// <summary>Every row there is, with its content.</summary>
    public static async Task<List<string>> Everything(this MiniProgramApi api) =>
        [.. (await api.Rows(FindAll)).Select(row => string.Join(' ', row))];

    /// <summary>Every message of every queue, the oldest first.</summary>
    public static async Task<List<(string Queue, string Body)>> Messages(this MiniProgramApi api) =>
        [.. (await api.Rows(FindPointers)).Select(row => (row[0], row[1]))];

    /// <summary>Every message of every queue is gone.</summary>
    public static Task Purge(this MiniProgramApi api) => api.Database().Write(
        session => Change.Keep(session.Execute("DELETE FROM message")), CancellationToken.None);

    private static SqliteDatabase Database(this MiniProgramApi api) =>
        api.Services.GetRequiredService<SqliteDatabase>();

    private static Task<List<string[]>> Rows(this MiniProgramApi api, string sql) => api.Database().Read(
        session =>
        {
            using var found = session.Query(sql);
            var rows = new List<string[]>();
            while (found.Read()) rows.Add([.. Enumerable.Range(0, found.FieldCount).Select(found.GetString)]);
            return rows;
        },
        CancellationToken.None);
}
