using Pond.Platform.Sqlite;
using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

public sealed class SqliteWholeStoreTests : WholeStoreContract
{
    private readonly SqliteFile file = new();

    protected override Task<(WholeStore Whole, PartitionStore Store)> Open()
    {
        var database = file.Open();
        return Task.FromResult<(WholeStore, PartitionStore)>(
            (new SqliteWholeStore(database), new SqlitePartitionStore(database)));
    }

    protected override Task Close() => file.DisposeAsync().AsTask();

    [Fact]
    public async Task A_scan_sees_the_moment_of_its_first_row_whoever_writes_meanwhile()
    {
        await Insert("a", new Write.Insert("k", "1"));
        await Insert("z", new Write.Insert("k", "1"));
        var row = (await Store.Find("z", "k", CancellationToken.None))!;

        var seen = new List<ScannedRow>();
        await foreach (var each in Whole.Scan(null, CancellationToken.None))
        {
            seen.Add(each);
            if (seen.Count == 1) await Insert("z", new Write.Replace("k", "2", row.ETag), new Write.Insert("l", "2"));
        }

        Assert.Equal([new(new("a", "k"), "1"), new(new("z", "k"), "1")], seen);
        Assert.Equal(3, (await Scan()).Count);
    }

    [Fact]
    public async Task A_scan_that_is_left_half_way_holds_nothing_up()
    {
        await Insert("a", new Write.Insert("k", "1"), new Write.Insert("l", "1"));

        for (var i = 0; i < 10; i++) // more than there are readers
            await foreach (var _ in Whole.Scan(null, CancellationToken.None)) break;

        Assert.Equal(2, (await Scan()).Count);
    }
}
