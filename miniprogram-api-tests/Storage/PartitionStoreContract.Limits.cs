using System.Text.Json;
using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

public abstract partial class PartitionStoreContract
{
    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_batch_of_a_forbidden_number_of_writes_is_rejected(int count)
    {
        var outcome = await Commit([.. Numbered(count).Select(key => new Write.Insert(key, "x"))]);

        Assert.IsType<CommitOutcome.Rejected>(outcome);
        Assert.Empty(await All());
    }

    [Theory, InlineData(new[] { 0xD83D }), InlineData(new[] { 0xDE00 }), InlineData(new[] { 0xD83D, 0xDE00, 0xD83D })]
    public async Task Half_a_character_is_rejected(int[] units) =>
        Assert.IsType<CommitOutcome.Rejected>(await Commit(new Write.Insert("a", Text(units))));

    // SQLite would cut the longer one, and no other store has a use for them.
    [Theory, InlineData(0), InlineData(600)]
    public async Task A_character_of_zero_is_rejected(int before) =>
        Assert.IsType<CommitOutcome.Rejected>(
            await Commit(new Write.Insert("a", new string('x', before) + "\0" + "y")));

    // No attribute can hold half a character: the compiler would mend it.
    private static string Text(int[] units) => string.Concat(units.Select(unit => (char)unit));

    [Fact]
    public async Task No_row_stands_twice_in_a_batch()
    {
        await Insert("a");
        var etag = (await Existing("a")).ETag;
        Write[] changes =
        [
            new Write.Insert("a", "x"), new Write.Replace("a", "x", etag), new Write.Delete("a", etag),
        ];
        var before = await All();

        foreach (var first in changes)
            foreach (var second in changes)
                Assert.IsType<CommitOutcome.Rejected>(await Commit(first, new Write.Insert("b", "x"), second));
        Assert.Equal(before, await All());
    }

    [Theory]
    [InlineData('/')]
    [InlineData('\\')]
    [InlineData('#')]
    [InlineData('?')]
    [InlineData('%')]
    [InlineData('&')]
    [InlineData('<')]
    [InlineData('>')]
    [InlineData('"')]
    [InlineData('\'')]
    [InlineData('`')]
    [InlineData('[')]
    [InlineData(']')]
    [InlineData(' ')]
    [InlineData('\t')]
    [InlineData('\n')]
    [InlineData('\0')]
    [InlineData('\u007f')]
    [InlineData('\u0085')]
    [InlineData('é')]
    [InlineData('中')]
    [InlineData('\ud83d')]
    public async Task A_key_with_a_forbidden_character_is_refused_everywhere(char forbidden)
    {
        foreach (var key in new[] { $"{forbidden}a", $"a{forbidden}a", $"a{forbidden}" })
            await AssertRefusedEverywhere(key);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(513)]
    public async Task A_key_of_a_forbidden_length_is_refused_everywhere(int length) =>
        await AssertRefusedEverywhere(new string('k', length));

    [Theory]
    [InlineData(1)]
    [InlineData(512)]
    public async Task Keys_of_the_shortest_and_longest_length_work(int length)
    {
        var partition = Partition.PadRight(Keys.CharsMax, 'p');
        var key = new string('k', length);

        var outcome = await Store.Commit(partition, [new Write.Insert(key, "x")], CancellationToken.None);

        Assert.IsType<CommitOutcome.Committed>(outcome);
        Assert.Equal("x", (await Store.Find(partition, key, CancellationToken.None))?.Data);
        Assert.Single((await Store.Range(partition, key, "~", 10, CancellationToken.None)).Rows);
    }

    [Theory]
    [InlineData("!$()*+,-.")]
    [InlineData(":;=@^_{|}~")]
    [InlineData("0123456789")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    [InlineData("abcdefghijklmnopqrstuvwxyz")]
    public async Task Every_allowed_character_works_in_both_keys(string allowed)
    {
        var partition = Partition + allowed;
        string[] keys = [.. allowed.Select(character => character.ToString()), allowed, "k" + allowed];
        Write[] inserts = [.. keys.Distinct().Select(key => new Write.Insert(key, key))];

        Assert.IsType<CommitOutcome.Committed>(await Store.Commit(partition, inserts, CancellationToken.None));
        foreach (var key in keys)
            Assert.Equal(key, (await Store.Find(partition, key, CancellationToken.None))?.Data);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\"")]
    [InlineData("中")]
    [InlineData("😀")]
    public async Task A_row_may_be_as_large_as_the_limit_and_no_larger(string fill)
    {
        var largest = LargestData(fill);

        Assert.IsType<CommitOutcome.Rejected>(await Commit(new Write.Insert("k", largest + "x")));
        Assert.Null(await Find("k"));
        await Committed(new Write.Insert("k", largest));
        Assert.True(largest == (await Find("k"))?.Data);
    }

    [Theory]
    [InlineData("x", 1)]
    [InlineData("\n", 2)]
    [InlineData("\"", 6)]
    [InlineData("中", 6)]
    [InlineData("😀", 12)]
    public async Task A_batch_may_be_as_large_as_the_limit_and_no_larger(string fill, int escapedBytes)
    {
        Assert.Equal(escapedBytes, JsonEncodedText.Encode(fill).EncodedUtf8Bytes.Length);
        var largest = LargestBatch(fill, escapedBytes);
        var last = largest[^1];
        Write.Insert[] tooLarge = [.. largest[..^1], last with { Data = last.Data + "x" }];

        Assert.IsType<CommitOutcome.Rejected>(await Commit(tooLarge));
        Assert.Empty(await All());
        await Committed(largest);
        Assert.True(largest.Select(insert => insert.Data).SequenceEqual((await All()).Select(row => row.Data)));
    }

    private async Task AssertRefusedEverywhere(string key)
    {
        var none = CancellationToken.None;
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.Find(Partition, key, none));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.Find(key, "a", none));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.Range(Partition, key, "~", 1, none));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.Range(Partition, "a", key, 1, none));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.Range(key, "a", "b", 1, none));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.Commit(key, [new Write.Insert("a", "x")], none));
        Assert.IsType<CommitOutcome.Rejected>(await Commit(new Write.Insert("a", "x"), new Write.Insert(key, "x")));
        Assert.IsType<CommitOutcome.Rejected>(await Commit(new Write.Replace(key, "x", "1")));
        Assert.IsType<CommitOutcome.Rejected>(await Commit(new Write.Delete(key, "1")));
        Assert.Empty(await All());
    }

    /// <summary>Data that fills the row "k" of this partition to the last character.</summary>
    private string LargestData(string fill)
    {
        var (fits, tooLong) = (0, StoreLimits.RowBytesMax);
        while (fits + 1 < tooLong)
        {
            var chars = (fits + tooLong) / 2;
            if (StoreLimits.RowBytes(Partition, "k", new string('x', chars)) <= StoreLimits.RowBytesMax) fits = chars;
            else tooLong = chars;
        }

        return Filled(fill, fill.Length, fits);
    }

    /// <summary>A batch that fills 4 MiB to the last byte.</summary>
    private Write.Insert[] LargestBatch(string fill, int escapedBytes)
    {
        const int rows = 9; // so that none of them is over 1 MiB
        const int envelopeBytes = 1_024; // what the store reckons for a write beside its keys and data
        var bytes = StoreLimits.BatchBytesMax - (rows * (envelopeBytes + (2 * (Partition.Length + 1))));
        return
        [
            .. Enumerable.Range(0, rows).Select(i => new Write.Insert(
                $"{i}", Filled(fill, escapedBytes, (bytes / rows) + (i < bytes % rows ? 1 : 0)))),
        ];
    }

    private static string Filled(string fill, int unit, int total) =>
        string.Concat(Enumerable.Repeat(fill, total / unit)) + new string('x', total % unit);
}
