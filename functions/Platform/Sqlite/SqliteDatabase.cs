using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Pond.Platform.Sqlite;

/// <summary>A file of rows and messages: several readers, and one writer whose commits are shared.</summary>
/// <remarks>
/// Several processes may open the same file: nothing of it is remembered between transactions. A process that is
/// killed leaves a log from which the next opening recovers every answered commit.
/// </remarks>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private const int ReadersMax = 4;

    private readonly SqliteSession session;
    private readonly SqliteWriter writer;
    private readonly Channel<SqliteSession> readers = Channel.CreateBounded<SqliteSession>(ReadersMax);

    private SqliteDatabase(SqliteSession session, string path)
    {
        for (var i = 0; i < ReadersMax; i++) readers.Writer.TryWrite(new SqliteSession(path, SqliteOpenMode.ReadOnly));
        this.session = session;
        writer = new SqliteWriter(session);
    }

    /// <summary>Transactions committed since the opening: fewer than the writes when many write at once.</summary>
    public long Groups => writer.Groups;

    /// <summary>Opens the file; makes it, and its folder, when it is missing.</summary>
    /// <exception cref="StoreFileException">The file is another application's, or a newer version's.</exception>
    public static SqliteDatabase Open(string path)
    {
        var fullPath = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(fullPath)!);
        var session = new SqliteSession(fullPath, SqliteOpenMode.ReadWriteCreate);
        try
        {
            SqliteSchema.Prepare(session, fullPath);
            return new SqliteDatabase(session, fullPath);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs a job in a transaction and answers once it is durable.</summary>
    /// <param name="job">Runs on the writer's thread: it is short and waits for nothing. To throw undoes it.</param>
    /// <param name="cancel">Heeded until the job is in line, not after.</param>
    /// <exception cref="SqliteException">The job or the commit failed: whether it is stored is unknown.</exception>
    public async Task<T> Write<T>(Func<SqliteSession, Change<T>> job, CancellationToken cancel)
    {
        try
        {
            return await writer.Write(job, cancel);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteDatabase));
        }
    }

    /// <summary>Runs a query. It sees every commit answered before, and no half of any.</summary>
    /// <param name="query">
    /// One statement: two may see different states. It runs on the caller's thread, as a read takes microseconds.
    /// </param>
    /// <exception cref="SqliteException">The file could not be read.</exception>
    public async Task<T> Read<T>(Func<SqliteSession, T> query, CancellationToken cancel)
    {
        var reader = await Take(cancel);
        try
        {
            return query(reader);
        }
        finally
        {
            readers.Writer.TryWrite(reader);
        }
    }

    /// <summary>Runs a query and gives its rows one by one, all of them as they were at the first.</summary>
    /// <remarks>Until the last is read, the log cannot be emptied into the file, and grows with every commit.</remarks>
    /// <exception cref="SqliteException">The file could not be read.</exception>
    public async IAsyncEnumerable<T> ReadEach<T>(
        Func<SqliteSession, SqliteDataReader> query,
        Func<SqliteDataReader, T> read,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var reader = await Take(cancel);
        try
        {
            using var found = query(reader);
            while (found.Read())
            {
                cancel.ThrowIfCancellationRequested();
                yield return read(found);
            }
        }
        finally
        {
            readers.Writer.TryWrite(reader);
        }
    }

    /// <summary>Finishes what waits and what is under way, empties the log into the file, closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (readers.Reader.Completion.IsCompleted) return;
        await writer.DisposeAsync();
        for (var i = 0; i < ReadersMax; i++) (await Take(CancellationToken.None)).Dispose();
        readers.Writer.Complete();
        using (session) session.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private async ValueTask<SqliteSession> Take(CancellationToken cancel)
    {
        try
        {
            return await readers.Reader.ReadAsync(cancel);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteDatabase));
        }
    }
}
