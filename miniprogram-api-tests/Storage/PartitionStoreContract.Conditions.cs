using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

public abstract partial class PartitionStoreContract
{
    /// <summary>The ways for a write's condition to be broken.</summary>
    public enum Broken
    {
        InsertOfAnExistingRow,
        ReplaceOfAMissingRow,
        ReplaceOfAStaleRow,
        DeleteOfAMissingRow,
        DeleteOfAStaleRow,
    }

    public static TheoryData<Broken, int, int> BrokenWrites()
    {
        var cases = new TheoryData<Broken, int, int>();
        foreach (var broken in Enum.GetValues<Broken>())
            foreach (var (size, index) in new[] { (1, 0), (2, 0), (2, 1), (100, 0), (100, 50), (100, 99) })
                cases.Add(broken, size, index);
        return cases;
    }

    [Theory]
    [MemberData(nameof(BrokenWrites))]
    public async Task One_broken_condition_refuses_the_whole_batch(Broken broken, int size, int index)
    {
        var writes = await SoundWrites(size);
        writes[index] = await BrokenWrite(broken, $"broken{index}");
        var before = await All();

        var outcome = await Commit(writes);

        Assert.Equal(new CommitOutcome.Conflict(index), outcome);
        Assert.Equal(before, await All());
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(1, 50, 98)]
    [InlineData(97, 98, 99)]
    public async Task Of_several_broken_conditions_the_first_is_named(int first, int second, int third)
    {
        var writes = await SoundWrites(100);
        writes[first] = await BrokenWrite(Broken.DeleteOfAStaleRow, "broken1");
        writes[second] = await BrokenWrite(Broken.InsertOfAnExistingRow, "broken2");
        writes[third] = await BrokenWrite(Broken.ReplaceOfAMissingRow, "broken3");

        Assert.Equal(new CommitOutcome.Conflict(first), await Commit(writes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(99)]
    [InlineData(100)]
    public async Task A_sound_batch_is_applied_as_a_whole(int size)
    {
        var writes = await SoundWrites(size);

        var etags = await Committed(writes);

        var expected = writes
            .Zip(etags, (write, etag) => write switch
            {
                Write.Insert insert => new Row(write.Key, insert.Data, etag!),
                Write.Replace replace => new Row(write.Key, replace.Data, etag!),
                _ => null,
            })
            .OfType<Row>()
            .OrderBy(row => row.Key, StringComparer.Ordinal);
        Assert.Equal(expected, await All());
        Assert.All(writes.Zip(etags), pair => Assert.Equal(pair.First is Write.Delete, pair.Second is null));
    }

    [Fact]
    public async Task A_row_that_was_never_written_is_not_found() => Assert.Null(await Find("a"));

    [Fact]
    public async Task A_deleted_row_is_not_found_and_can_be_inserted_again()
    {
        await Insert("a");
        await Committed(new Write.Delete("a", (await Existing("a")).ETag));

        Assert.Null(await Find("a"));
        await Insert("a");
        Assert.NotNull(await Find("a"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("0")]
    public async Task No_made_up_etag_opens_a_row(string etag)
    {
        await Insert("a");
        var before = await All();

        Assert.IsNotType<CommitOutcome.Committed>(await Commit(new Write.Replace("a", "new", etag)));
        Assert.IsNotType<CommitOutcome.Committed>(await Commit(new Write.Delete("a", etag)));
        Assert.Equal(before, await All());
    }

    [Fact]
    public async Task An_etag_of_one_row_does_not_open_another()
    {
        await Insert("a", "b");

        var outcome = await Commit(new Write.Replace("b", "new", (await Existing("a")).ETag));

        Assert.Equal(new CommitOutcome.Conflict(0), outcome);
    }

    /// <summary>Inserts, replaces and deletes in turn, each with its condition true.</summary>
    private async Task<Write[]> SoundWrites(int size)
    {
        var keys = Numbered(size);
        await Insert([.. keys.Where((_, i) => i % 3 != 0)]);
        var etags = (await All()).ToDictionary(row => row.Key, row => row.ETag);
        return
        [
            .. keys.Select((key, i) => (Write)((i % 3) switch
            {
                0 => new Write.Insert(key, "inserted"),
                1 => new Write.Replace(key, "replaced", etags[key]),
                _ => new Write.Delete(key, etags[key]),
            })),
        ];
    }

    private async Task<Write> BrokenWrite(Broken broken, string key)
    {
        await Insert(key);
        var stale = (await Existing(key)).ETag;
        var fresh = (await Committed(new Write.Replace(key, "changed since", stale))).Single()!;
        if (broken is Broken.ReplaceOfAMissingRow or Broken.DeleteOfAMissingRow)
            await Committed(new Write.Delete(key, fresh));
        return broken switch
        {
            Broken.InsertOfAnExistingRow => new Write.Insert(key, "broken"),
            Broken.ReplaceOfAMissingRow => new Write.Replace(key, "broken", fresh),
            Broken.ReplaceOfAStaleRow => new Write.Replace(key, "broken", stale),
            Broken.DeleteOfAMissingRow => new Write.Delete(key, fresh),
            _ => new Write.Delete(key, stale),
        };
    }
}
