using System.Threading.Channels;

namespace Pond.Platform.Sqlite;

/// <summary>The one thread that writes. Who waits while one commit is under way shares the next one.</summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>Jobs of one transaction: bounds how long the first of them waits for the last.</summary>
    public const int JobsPerGroupMax = 128;

    /// <summary>Jobs that wait; more callers wait outside and can still be cancelled there.</summary>
    private const int JobsWaitingMax = 1_024;

    /// <summary>Pages kept in memory. SQLite's own 2 MiB cost half the speed in a file of 25 MB.</summary>
    private const int CacheKibibytesMax = 16 * 1_024;

    private readonly SqliteSession session;
    private readonly Channel<SqliteJob> waiting = Channel.CreateBounded<SqliteJob>(
        new BoundedChannelOptions(JobsWaitingMax) { SingleReader = true });

    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long groups;

    public SqliteWriter(SqliteSession session)
    {
        this.session = session;
        session.Execute($"PRAGMA cache_size = -{CacheKibibytesMax}");
        session.Execute("PRAGMA secure_delete = ON"); // the key of who has left is not to be found in free pages
        session.Execute("PRAGMA temp_store = MEMORY"); // what a savepoint needs to be undone: no file for that
        new Thread(Work) { Name = nameof(SqliteWriter), IsBackground = true }.Start();
    }

    public long Groups => Interlocked.Read(ref groups);

    public async Task<T> Write<T>(Func<SqliteSession, Change<T>> work, CancellationToken cancel)
    {
        var job = new SqliteJob<T>(work);
        await waiting.Writer.WriteAsync(job, cancel);
        return await job.Done;
    }

    /// <summary>Finishes what waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await stopped.Task;
    }

    private void Work()
    {
        var group = new List<SqliteJob>(JobsPerGroupMax);
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < JobsPerGroupMax && waiting.Reader.TryRead(out var job)) group.Add(job);
            Commit(group);
            group.Clear();
        }

        stopped.SetResult();
    }

    private void Commit(List<SqliteJob> group)
    {
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            foreach (var job in group) Run(job);
            session.Execute("COMMIT");
        }
        catch (Exception cause)
        {
            // Whether a commit that threw is on the disk nobody knows: each caller is told so, none is told a guess.
            // A rollback that throws too ends the process, and the log is recovered at the next start.
            if (session.InTransaction) session.Execute("ROLLBACK");
            foreach (var job in group) job.Fail(cause);
            return;
        }

        Interlocked.Increment(ref groups);
        foreach (var job in group) job.Answer();
    }

    private void Run(SqliteJob job)
    {
        session.Execute("SAVEPOINT job");
        try
        {
            if (!job.Run(session)) session.Execute("ROLLBACK TO job");
        }
        catch (Exception cause) when (session.InTransaction) // otherwise SQLite has rolled back the whole group
        {
            session.Execute("ROLLBACK TO job");
            job.Fail(cause);
        }

        session.Execute("RELEASE job");
    }
}
