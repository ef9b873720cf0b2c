namespace Pond.Platform.Sqlite;

/// <summary>A write that waits for its turn, and the caller who waits for it.</summary>
internal abstract class SqliteJob
{
    /// <summary>Writes. False when what was written is to be undone.</summary>
    public abstract bool Run(SqliteSession session);

    /// <summary>Answers the caller, once it is durable. One who was told of a failure hears no more.</summary>
    public abstract void Answer();

    public abstract void Fail(Exception cause);
}

internal sealed class SqliteJob<T>(Func<SqliteSession, Change<T>> work) : SqliteJob
{
    // The writer thread must not run its callers' code.
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Change<T> change;

    public Task<T> Done => done.Task;

    public override bool Run(SqliteSession session)
    {
        change = work(session);
        return change.Kept;
    }

    public override void Answer() => done.TrySetResult(change.Answer);

    public override void Fail(Exception cause) => done.TrySetException(cause);
}
