using System.Globalization;
using Microsoft.Data.Sqlite;
using Pond.Platform.Storage;

namespace Pond.Platform.Sqlite;

/// <summary>The rows of a <see cref="SqliteDatabase"/>.</summary>
public sealed class SqlitePartitionStore(SqliteDatabase database) : PartitionStore
{
    private const string FindRow =
        "SELECT key, data, etag FROM stored_row WHERE partition = $partition AND key = $key";

    private const string FindRange =
        """
        SELECT key, data, etag FROM stored_row
        WHERE partition = $partition AND key >= $from AND key < $until ORDER BY key LIMIT $limit
        """;

    private const string AdvanceSequence =
        "UPDATE sequence SET last = last + $count RETURNING last";

    private const string InsertRow =
        """
        INSERT INTO stored_row (partition, key, etag, data) VALUES ($partition, $key, $etag, $data)
        ON CONFLICT DO NOTHING
        """;

    // An ETag is opaque text, so it is compared as text: "01" is not "1".
    private const string ReplaceRow =
        """
        UPDATE stored_row SET etag = $etag, data = $data
        WHERE partition = $partition AND key = $key AND CAST(etag AS TEXT) = $expected
        """;

    private const string DeleteRow =
        "DELETE FROM stored_row WHERE partition = $partition AND key = $key AND CAST(etag AS TEXT) = $expected";

    protected override Task<Row?> FindCore(string partition, string row, CancellationToken cancel) =>
        Read(session =>
        {
            using var found = session.Query(FindRow, ("$partition", partition), ("$key", row));
            return found.Read() ? ToRow(found) : null;
        }, cancel);

    protected override Task<Page> RangeCore(
        string partition, string from, string until, int limit, CancellationToken cancel) =>
        Read(session =>
        {
            using var found = session.Query(
                FindRange, ("$partition", partition), ("$from", from), ("$until", until), ("$limit", limit + 1));
            var rows = new List<Row>();
            while (rows.Count < limit && found.Read()) rows.Add(ToRow(found));
            return new Page(rows, rows.Count == limit && found.Read() ? found.GetString(0) : null);
        }, cancel);

    protected override async Task<CommitOutcome> CommitCore(
        string partition, IReadOnlyList<Write> writes, CancellationToken cancel)
    {
        try
        {
            return await database.Write(session => Apply(session, partition, writes), cancel);
        }
        catch (SqliteException cause)
        {
            return new CommitOutcome.Unknown(cause);
        }
    }

    private static Change<CommitOutcome> Apply(SqliteSession session, string partition, IReadOnlyList<Write> writes)
    {
        var last = (long)session.Scalar(AdvanceSequence, ("$count", writes.Count))!;
        var etags = new string?[writes.Count];
        for (var i = 0; i < writes.Count; i++)
        {
            var etag = last - writes.Count + 1 + i;
            if (!Apply(session, partition, writes[i], etag))
                return Change.Undo<CommitOutcome>(new CommitOutcome.Conflict(i));
            if (writes[i] is not Write.Delete) etags[i] = Text(etag);
        }

        return Change.Keep<CommitOutcome>(new CommitOutcome.Committed(etags));
    }

    /// <summary>False when the write's condition does not hold.</summary>
    private static bool Apply(SqliteSession session, string partition, Write write, long etag) => write switch
    {
        Write.Insert insert => session.Execute(
            InsertRow,
            ("$partition", partition), ("$key", insert.Key), ("$etag", etag), ("$data", insert.Data)) == 1,
        Write.Replace replace => session.Execute(
            ReplaceRow,
            ("$partition", partition), ("$key", replace.Key), ("$etag", etag), ("$data", replace.Data),
            ("$expected", replace.ETag)) == 1,
        Write.Delete delete => session.Execute(
            DeleteRow, ("$partition", partition), ("$key", delete.Key), ("$expected", delete.ETag)) == 1,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task<T> Read<T>(Func<SqliteSession, T> query, CancellationToken cancel)
    {
        try
        {
            return await database.Read(query, cancel);
        }
        catch (SqliteException cause)
        {
            throw new StoreUnavailableException("The store's file could not be read.", cause);
        }
    }

    private static Row ToRow(SqliteDataReader found) =>
        new(found.GetString(0), found.GetString(1), Text(found.GetInt64(2)));

    private static string Text(long etag) => etag.ToString(CultureInfo.InvariantCulture);
}
