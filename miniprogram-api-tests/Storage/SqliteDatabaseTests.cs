using Microsoft.Data.Sqlite;
using Pond.Platform.Queues;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

/// <summary>What the file promises over its life: opening, closing, dying, and two processes at once.</summary>
public sealed class SqliteDatabaseTests : IAsyncLifetime
{
    private const int RacesForAFile = 60;

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SqliteFile file = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => file.DisposeAsync().AsTask();

    [Fact]
    public async Task The_log_is_written_ahead_and_every_commit_reaches_the_disk()
    {
        var database = file.Open();

        Assert.Equal("wal", await database.Read(session => session.Scalar("PRAGMA journal_mode"), None));
        Assert.Equal(2L, await Keep(database, session => session.Scalar("PRAGMA synchronous"))); // FULL
    }

    [Fact]
    public async Task A_reader_cannot_write()
    {
        var database = file.Open();

        await Assert.ThrowsAsync<SqliteException>(
            () => database.Read(session => session.Execute("UPDATE sequence SET last = 0"), None));
    }

    [Fact]
    public async Task A_read_that_fails_says_so()
    {
        var database = file.Open();
        await Keep(database, session => session.Execute("DROP TABLE stored_row; DROP TABLE message"));
        var store = new SqlitePartitionStore(database);
        var queues = new SqliteQueues(database, new HandClock());

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Find("p", "a", None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Range("p", "a", "b", 1, None));
        await Assert.ThrowsAsync<QueueUnavailableException>(() => queues.Count("orders", None));
        await Assert.ThrowsAsync<QueueUnavailableException>(
            () => queues.Receive("orders", 1, TimeSpan.FromSeconds(1), None));
    }

    [Fact]
    public async Task Rows_and_etags_survive_a_restart()
    {
        var database = file.Open();
        var store = new SqlitePartitionStore(database);
        await Insert(store, "a");
        var before = await store.Find("p", "a", None);
        await database.DisposeAsync();

        var reopened = new SqlitePartitionStore(file.Open());

        Assert.Equal(before, await reopened.Find("p", "a", None));
        Assert.IsType<CommitOutcome.Committed>(
            await reopened.Commit("p", [new Write.Replace("a", "new", before!.ETag)], None));
    }

    [Fact]
    public async Task No_etag_comes_again_after_a_delete_and_a_restart()
    {
        var database = file.Open();
        var store = new SqlitePartitionStore(database);
        var old = await Insert(store, "a");
        await store.Commit("p", [new Write.Delete("a", old)], None);
        await database.DisposeAsync();

        Assert.NotEqual(old, await Insert(new SqlitePartitionStore(file.Open()), "a"));
    }

    [Fact]
    public async Task To_close_empties_the_log_and_ends_all_calls()
    {
        var database = file.Open();
        await Insert(new SqlitePartitionStore(database), "a");
        await database.DisposeAsync();
        await database.DisposeAsync();

        Assert.False(File.Exists(file.Path + "-wal"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.Read(_ => 0, None));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Keep(database, _ => 0));
    }

    [Fact]
    public async Task What_was_answered_is_in_the_files_of_a_process_that_dies()
    {
        var store = new SqlitePartitionStore(file.Open());
        for (var i = 0; i < 100; i++) await Insert(store, $"{i:D3}");

        await using var afterDeath = new SqliteFile(); // what lies on the disk while the first is still open
        File.Copy(file.Path, afterDeath.Path);
        File.Copy(file.Path + "-wal", afterDeath.Path + "-wal");

        var recovered = await new SqlitePartitionStore(afterDeath.Open()).Range("p", "!", "~", 1_000, None);
        Assert.Equal((await store.Range("p", "!", "~", 1_000, None)).Rows, recovered.Rows);
        Assert.Equal(100, recovered.Rows.Count);
    }

    [Fact]
    public async Task Two_openings_of_one_file_share_rows_and_never_an_etag()
    {
        SqlitePartitionStore[] stores = [new(file.Open()), new(file.Open())];
        Assert.IsType<CommitOutcome.Committed>(
            await stores[0].Commit("p", [new Write.Insert("count", "0")], None));

        var etags = await Task.WhenAll(stores.Select(store => Task.Run(() => CountUp(store, 50))));

        Assert.Equal("100", (await stores[0].Find("p", "count", None))?.Data);
        Assert.Equal(100, etags.SelectMany(mine => mine).Distinct().Count());
    }

    [Fact]
    public async Task Nobody_takes_a_file_that_is_being_made_for_a_foreign_one()
    {
        for (var round = 0; round < RacesForAFile; round++)
        {
            await using var contested = new SqliteFile();
            var databases = await Task.WhenAll(
                Enumerable.Range(0, 6).Select(_ => Task.Run(() => SqliteDatabase.Open(contested.Path))));
            foreach (var database in databases) await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Many_may_open_a_new_file_at_once()
    {
        var databases = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => SqliteDatabase.Open(file.Path))));

        var etags = await Task.WhenAll(databases.Select((database, i) =>
            Insert(new SqlitePartitionStore(database), $"{i}")));

        Assert.Equal(databases.Length, etags.Distinct().Count());
        foreach (var database in databases) await database.DisposeAsync();
    }

    private static async Task<List<string>> CountUp(SqlitePartitionStore store, int times)
    {
        var etags = new List<string>();
        while (etags.Count < times)
        {
            var row = (await store.Find("p", "count", None))!;
            var next = int.Parse(row.Data, System.Globalization.CultureInfo.InvariantCulture) + 1;
            var outcome = await store.Commit("p", [new Write.Replace("count", $"{next}", row.ETag)], None);
            if (outcome is CommitOutcome.Committed committed) etags.Add(committed.ETags[0]!);
        }

        return etags;
    }

    private static async Task<string> Insert(SqlitePartitionStore store, string key) =>
        Assert.IsType<CommitOutcome.Committed>(
            await store.Commit("p", [new Write.Insert(key, "x")], None)).ETags.Single()!;

    private static Task<T> Keep<T>(SqliteDatabase database, Func<SqliteSession, T> job) =>
        database.Write(session => Change.Keep(job(session)), None);
}
