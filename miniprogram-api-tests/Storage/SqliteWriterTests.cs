using Microsoft.Data.Sqlite;
using Pond.Platform.Queues;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

/// <summary>Shared commits: who is in a group with whom, and what a failure does to whom.</summary>
public sealed class SqliteWriterTests : IAsyncLifetime
{
    private const int ErrorFull = 13; // SQLITE_FULL

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SqliteFile file = new();
    private SqliteDatabase database = null!;
    private SqlitePartitionStore store = null!;

    public Task InitializeAsync()
    {
        database = file.Open();
        store = new SqlitePartitionStore(database);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => file.DisposeAsync().AsTask();

    [Fact]
    public async Task Whoever_waits_shares_the_next_commit()
    {
        var outcomes = await InOneGroup(() => Enumerable.Range(0, 64).Select(i => Insert($"{i}")));

        Assert.All(outcomes, outcome => Assert.IsType<CommitOutcome.Committed>(outcome));
        Assert.Equal(2, database.Groups); // the one that kept the writer busy, and the other 64
    }

    [Fact]
    public async Task Sixty_four_callers_need_fewer_groups_than_commits()
    {
        const int commitsPerCaller = 10;

        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < commitsPerCaller; i++)
                Assert.IsType<CommitOutcome.Committed>(await Insert($"{caller}:{i}"));
        })));

        Assert.InRange(database.Groups, 1, (64 * commitsPerCaller) - 1);
    }

    [Fact]
    public async Task A_group_has_a_bound()
    {
        await InOneGroup(() => Enumerable.Range(0, 300).Select(i => Insert($"{i}")));

        Assert.Equal(1 + 3, database.Groups);
    }

    [Fact]
    public async Task A_conflict_undoes_its_own_batch_and_no_other_of_its_group()
    {
        var outcomes = await InOneGroup(() =>
        [
            Insert("a"), store.Commit("p", [new Write.Insert("b", "x"), new Write.Insert("a", "x")], None), Insert("c"),
        ]);

        Assert.Equal(new CommitOutcome.Conflict(1), outcomes[1]);
        Assert.Equal("ac", await Keys());
    }

    [Fact]
    public async Task A_job_that_throws_undoes_itself_and_no_other_of_its_group()
    {
        var broken = Task.FromResult(0);
        var outcomes = await InOneGroup(() =>
        {
            var before = Insert("a");
            broken = database.Write<int>(session =>
            {
                session.Execute("DELETE FROM stored_row");
                throw new InvalidOperationException("broken");
            }, None);
            return [before, Insert("b")];
        });

        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => broken)).Message);
        Assert.All(outcomes, outcome => Assert.IsType<CommitOutcome.Committed>(outcome));
        Assert.Equal("ab", await Keys());
    }

    [Fact]
    public async Task When_the_commit_itself_fails_its_whole_group_is_unknown_and_the_writer_goes_on()
    {
        await Keep(session => session.Execute(
            """
            PRAGMA foreign_keys = ON;
            CREATE TABLE parent (id INTEGER PRIMARY KEY);
            CREATE TABLE child (parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
            """));

        var outcomes = await InOneGroup(() => // the orphan is noticed by COMMIT alone
        [
            Insert("a"),
            Unknown(Keep(session => session.Execute("INSERT INTO child (parent) VALUES (1)"))),
            store.Commit("p", [new Write.Delete("missing", "0")], None),
        ]);

        Assert.All(outcomes, outcome => Assert.IsType<CommitOutcome.Unknown>(outcome));
        Assert.Equal("", await Keys());
        Assert.IsType<CommitOutcome.Committed>(await Insert("a"));
    }

    [Fact]
    public async Task On_a_full_disk_commits_are_unknown_reads_go_on_and_space_heals()
    {
        var queues = new SqliteQueues(database, new HandClock());
        await Insert("a");
        var pages = await Keep(session => (long)session.Scalar("PRAGMA page_count")!);
        await Keep(session => session.Scalar($"PRAGMA max_page_count = {pages}"));
        var large = new string('x', 40_000);

        var unknown = Assert.IsType<CommitOutcome.Unknown>(
            await store.Commit("p", [new Write.Insert("b", "x"), new Write.Insert("c", large)], None));
        Assert.Equal(ErrorFull, Assert.IsType<SqliteException>(unknown.Cause).SqliteErrorCode);
        await Assert.ThrowsAsync<QueueUnavailableException>(() => queues.Send("orders", large, TimeSpan.Zero, None));
        Assert.Equal("a", await Keys());
        Assert.Equal(0, await queues.Count("orders", None));

        await Keep(session => session.Scalar($"PRAGMA max_page_count = {pages + 100}"));
        Assert.IsType<CommitOutcome.Committed>(await store.Commit("p", [new Write.Insert("c", large)], None));
        await queues.Send("orders", large, TimeSpan.Zero, None);
        Assert.Equal("ac", await Keys());
    }

    [Fact]
    public async Task A_batch_in_line_is_not_cancelled_any_more()
    {
        using var source = new CancellationTokenSource();
        var outcomes = await InOneGroup(() =>
        {
            var commit = store.Commit("p", [new Write.Insert("a", "x")], source.Token);
            source.Cancel();
            return [commit];
        });

        Assert.IsType<CommitOutcome.Committed>(Assert.Single(outcomes));
    }

    [Fact]
    public async Task To_close_finishes_what_waits()
    {
        var closing = Task.CompletedTask;
        var outcomes = await InOneGroup(() =>
        {
            var waiting = Enumerable.Range(0, 20).Select(i => Insert($"{i}")).ToList();
            closing = database.DisposeAsync().AsTask();
            return waiting;
        });
        await closing;

        Assert.All(outcomes, outcome => Assert.IsType<CommitOutcome.Committed>(outcome));
        var reopened = new SqlitePartitionStore(file.Open());
        Assert.Equal(20, (await reopened.Range("p", "!", "~", 100, None)).Rows.Count);
    }

    /// <summary>Keeps the writer busy until all these calls wait, so that they form the next group.</summary>
    private async Task<CommitOutcome[]> InOneGroup(Func<IEnumerable<Task<CommitOutcome>>> calls)
    {
        using var release = new ManualResetEventSlim();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = Keep(_ =>
        {
            started.SetResult();
            release.Wait();
            return 0;
        });
        await started.Task;

        List<Task<CommitOutcome>> waiting = [.. calls()];
        release.Set();
        await busy;
        return await Task.WhenAll(waiting);
    }

    private Task<CommitOutcome> Insert(string key) => store.Commit("p", [new Write.Insert(key, "x")], None);

    private static async Task<CommitOutcome> Unknown(Task change) =>
        new CommitOutcome.Unknown(await Assert.ThrowsAsync<SqliteException>(() => change));

    private async Task<string> Keys() =>
        string.Concat((await store.Range("p", "!", "~", 1_000, None)).Rows.Select(row => row.Key));

    private Task<T> Keep<T>(Func<SqliteSession, T> job) =>
        database.Write(session => Change.Keep(job(session)), None);
}
