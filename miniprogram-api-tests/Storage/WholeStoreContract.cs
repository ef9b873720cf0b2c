using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

/// <summary>What every store seen as a whole promises. An adapter joins with one subclass that opens an empty one.</summary>
public abstract class WholeStoreContract : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>Texts of which each is a partition and a key: what ordinal order puts otherwise than a dictionary.</summary>
    private static readonly string[] Texts =
        ["a", "A", "aa", "a:1", "a;", "a-b", "B", "b", "_", "!", "~", "~~", "0", "10", "9", "Z", "a.", "a!"];

    protected WholeStore Whole { get; private set; } = null!;

    protected PartitionStore Store { get; private set; } = null!;

    /// <summary>Opens a store that no other test has and in which nothing is, not even what holds the rows.</summary>
    protected abstract Task<(WholeStore Whole, PartitionStore Store)> Open();

    protected virtual Task Close() => Task.CompletedTask;

    public async Task InitializeAsync()
    {
        (Whole, Store) = await Open();
        await Whole.Create(None);
    }

    public Task DisposeAsync() => Close();

    [Fact]
    public async Task An_empty_store_has_no_rows() => Assert.Empty(await Scan());

    [Fact]
    public async Task To_make_what_is_there_does_no_harm()
    {
        await Insert("p", new Write.Insert("k", "kept"));

        await Whole.Create(None);

        Assert.Equal([new ScannedRow(new RowPlace("p", "k"), "kept")], await Scan());
    }

    [Fact]
    public async Task Rows_come_in_ordinal_order_of_partition_and_key()
    {
        await InsertTexts();

        var expected =
            from partition in Texts.Order(StringComparer.Ordinal)
            from key in Texts.Order(StringComparer.Ordinal)
            select new ScannedRow(new RowPlace(partition, key), partition + key);
        Assert.Equal(expected, await Scan());
    }

    [Fact]
    public async Task A_scan_goes_on_behind_any_place_whether_there_is_a_row_or_not()
    {
        await InsertTexts();
        var all = await Scan();

        RowPlace[] places = [new("a", "a"), new("a", "~~"), new("~~", "~~"), new("!", "!"), new("a", "a0"), new("ab", "x")];
        foreach (var place in places)
            Assert.Equal(all.Where(row => row.Place.CompareTo(place) > 0), await Scan(place));
    }

    [Fact]
    public async Task More_rows_than_a_page_come_whole()
    {
        const int perPartition = 400;
        string[] partitions = ["p1", "p2", "p3"];
        foreach (var partition in partitions)
        {
            foreach (var keys in Enumerable.Range(0, perPartition).Chunk(StoreLimits.WritesPerBatchMax))
                await Insert(partition, [.. keys.Select(key => new Write.Insert($"{key:D4}", $"{partition} {key}"))]);
        }

        var all = await Scan();

        Assert.Equal(partitions.Length * perPartition, all.Count);
        Assert.All(all, row => Assert.Equal($"{row.Place.Partition} {int.Parse(row.Place.Key)}", row.Data));
        Assert.Equal(all.Skip(150), await Scan(all[149].Place));
    }

    [Theory]
    [InlineData(0, "\u0001😀\"\\\u2028")]
    [InlineData(32_767, "😀\"\\\u2028")]
    [InlineData(100_000, "😀\"\\\u2028")]
    public async Task Data_comes_whole(int before, string last)
    {
        var data = new string('中', before) + last;
        await Insert("p", new Write.Insert("k", data), new Write.Insert("l", ""));

        var found = (await Scan()).Select(row => row.Data).ToList();
        Assert.Equal([data.Length, 0], found.Select(each => each.Length));
        Assert.Equal([data, ""], found);
    }

    [Fact]
    public async Task The_mark_of_a_probe_is_no_part_of_the_whole()
    {
        await Insert(WholeStore.ProbePartition, new Write.Insert("proof", "now"));
        await Insert("i", new Write.Insert("k", "behind it"));

        Assert.Equal(["behind it"], (await Scan()).Select(row => row.Data));
    }

    protected async Task<List<ScannedRow>> Scan(RowPlace? after = null)
    {
        var rows = new List<ScannedRow>();
        await foreach (var row in Whole.Scan(after, None)) rows.Add(row);
        return rows;
    }

    protected async Task Insert(string partition, params Write[] inserts) =>
        Assert.IsType<CommitOutcome.Committed>(await Store.Commit(partition, inserts, None));

    private async Task InsertTexts()
    {
        foreach (var partition in Texts)
            await Insert(partition, [.. Texts.Select(key => new Write.Insert(key, partition + key))]);
    }
}
