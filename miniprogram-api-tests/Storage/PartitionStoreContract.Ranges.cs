using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

public abstract partial class PartitionStoreContract
{
    [Theory]
    [InlineData("10", "9")]
    [InlineData("010", "10")]
    [InlineData("1", "10")]
    [InlineData("1e3", "2")]
    [InlineData("9", "A")]
    [InlineData("A", "a")]
    [InlineData("Z", "a")]
    [InlineData("B", "a")]
    [InlineData("Z", "_")]
    [InlineData("_", "a")]
    [InlineData("a", "aa")]
    [InlineData("a", "a!")]
    [InlineData("a:9", "a;")]
    [InlineData("a:~", "a;")]
    [InlineData("a-b", "a.b")]
    [InlineData("-1", "0")]
    [InlineData("z", "~")]
    [InlineData("~", "~!")]
    public async Task Rows_come_in_ordinal_order_of_their_keys(string lower, string higher)
    {
        await Insert(higher);
        await Insert(lower);

        Assert.Equal([lower, higher], (await All()).Select(row => row.Key));
    }

    [Theory]
    [InlineData("a", "c", "ab")]
    [InlineData("a", "c!", "abc")]
    [InlineData("a!", "c", "b")]
    [InlineData("a", "b", "a")]
    [InlineData("b", "b", "")]
    [InlineData("c", "a", "")]
    [InlineData("b!", "c", "")]
    [InlineData("!", "a", "")]
    [InlineData("d!", "~", "")]
    [InlineData("d", "~", "d")]
    [InlineData("!", "~", "abcd")]
    [InlineData("A", "Z", "")]
    public async Task A_range_holds_its_start_and_not_its_end(string from, string until, string expected)
    {
        await Insert("a", "b", "c", "d");

        var rows = await Range(from, until, limit: 10);

        Assert.Equal(expected, string.Concat(rows.Select(row => row.Key)));
    }

    [Fact]
    public async Task The_range_under_a_prefix_holds_its_children_alone()
    {
        await Insert("p", "p!", "p:", "p:1", "p:~", "p;", "pa", "P:1");
        var (from, until) = Keys.Under("p");

        Assert.Equal(["p:", "p:1", "p:~"], (await Range(from, until, limit: 10)).Select(row => row.Key));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1_000)]
    public async Task Pages_of_any_size_hold_every_row_once(int limit)
    {
        var keys = Numbered(7);
        await Insert(keys);

        Assert.Equal(keys, (await Range(FirstKey, LastKey, limit)).Select(row => row.Key));
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1_000)]
    [InlineData(1_001)]
    public async Task A_range_may_be_longer_than_the_longest_page(int count)
    {
        var keys = Numbered(count);
        await Insert(keys);

        Assert.Equal(keys, (await All()).Select(row => row.Key));
    }

    [Fact]
    public async Task A_range_goes_on_after_the_row_it_would_go_on_from_is_deleted()
    {
        await Insert("a", "b", "c");
        var first = await Store.Range(Partition, "a", LastKey, 1, CancellationToken.None);
        await Committed(new Write.Delete("b", (await Existing("b")).ETag));

        Assert.Equal(["a"], first.Rows.Select(row => row.Key));
        Assert.Equal(["c"], (await Range(first.Next!, LastKey, 1)).Select(row => row.Key));
    }

    [Fact]
    public async Task A_range_that_goes_on_sees_rows_inserted_ahead_of_it()
    {
        await Insert("a", "c");
        var first = await Store.Range(Partition, "a", LastKey, 1, CancellationToken.None);
        await Insert("0", "d");

        Assert.Equal(["c", "d"], (await Range(first.Next!, LastKey, 1)).Select(row => row.Key));
    }

    [Fact]
    public async Task A_partition_without_rows_has_an_empty_range() => Assert.Empty(await All());

    [Fact]
    public async Task A_range_and_a_find_see_the_same_row()
    {
        await Insert("a");

        Assert.Equal(await Find("a"), Assert.Single(await All()));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task A_page_of_a_forbidden_size_is_a_bug_of_the_caller(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Store.Range(Partition, "a", "b", limit, CancellationToken.None));
}
