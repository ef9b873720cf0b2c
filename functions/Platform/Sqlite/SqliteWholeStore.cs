using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Pond.Platform.Storage;

namespace Pond.Platform.Sqlite;

/// <summary>All rows of a <see cref="SqliteDatabase"/>. A scan sees the state of one moment, whoever writes.</summary>
public sealed class SqliteWholeStore(SqliteDatabase database) : WholeStore
{
    private const string ScanRows =
        """
        SELECT partition, key, data FROM stored_row
        WHERE (partition, key) > ($partition, $key) ORDER BY partition, key
        """;

    private static readonly RowPlace BeforeAll = new("", "");

    /// <summary>Nothing is missing: the tables are made when the file is opened.</summary>
    public override Task Create(CancellationToken cancel) => Task.CompletedTask;

    protected override async IAsyncEnumerable<ScannedRow> ScanCore(
        RowPlace? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (partition, key) = after ?? BeforeAll;
        var found = database.ReadEach(
            session => session.Query(ScanRows, ("$partition", partition), ("$key", key)), ToRow, cancel);
        await using var rows = found.GetAsyncEnumerator(cancel);
        while (await Next(rows)) yield return rows.Current;
    }

    private static async Task<bool> Next(IAsyncEnumerator<ScannedRow> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (SqliteException cause)
        {
            throw new StoreUnavailableException("The store's file could not be read.", cause);
        }
    }

    private static ScannedRow ToRow(SqliteDataReader found) =>
        new(new RowPlace(found.GetString(0), found.GetString(1)), found.GetString(2));
}
