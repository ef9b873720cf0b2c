using Pond.Platform.Storage;

namespace Pond.Tests.Storage;

public abstract partial class PartitionStoreContract
{
    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData(" x ")]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("'; DROP TABLE stored_row; --")]
    [InlineData("null")]
    [InlineData("007")]
    [InlineData("1e3")]
    [InlineData("\u0001\u001f\u007f")]
    [InlineData("\r\n\t\\")]
    [InlineData("中文，会员积分")]
    [InlineData("😀")]
    [InlineData("👨‍👩‍👧‍👦🏳️‍🌈")]
    [InlineData("é")]
    [InlineData("e\u0301")]
    [InlineData("\u2028\u2029\ufeff\uffff")]
    [InlineData("<a href=\"x\">&amp;</a>")]
    [InlineData("""{"balance":120,"name":"\u0000"}""")]
    public async Task Data_comes_back_as_it_was_written(string data)
    {
        var etag = (await Committed(new Write.Insert("inserted", data), new Write.Insert("replaced", "x")))[1]!;
        await Committed(new Write.Replace("replaced", data, etag));

        Assert.Equal(data, (await Find("inserted"))?.Data);
        Assert.Equal([data, data], (await All()).Select(row => row.Data));
    }

    // An adapter that spreads long data over properties must neither lose nor tear a character where they meet.
    [Theory]
    [InlineData(32_767)]
    [InlineData(32_768)]
    [InlineData(32_769)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public async Task Long_data_comes_back_whole(int before)
    {
        var data = new string('x', before) + "😀" + new string('y', before);
        await Committed(new Write.Insert("a", data));

        Assert.True(data == (await Find("a"))?.Data);
    }

    [Fact]
    public async Task Data_may_become_shorter()
    {
        var etag = (await Committed(new Write.Insert("a", new string('x', 100_000)))).Single()!;
        await Committed(new Write.Replace("a", "short", etag));

        Assert.Equal("short", (await Find("a"))?.Data);
    }

    [Fact]
    public async Task A_row_has_the_etag_that_its_commit_answered()
    {
        var etags = await Committed(new Write.Insert("a", "1"), new Write.Insert("b", "2"));

        Assert.Equal(etags, (await All()).Select(row => row.ETag));
    }

    [Fact]
    public async Task Replacing_with_equal_data_changes_the_etag_each_time()
    {
        var etag = (await Committed(new Write.Insert("a", "same"))).Single()!;
        var seen = new HashSet<string> { etag };
        for (var round = 0; round < 50; round++)
        {
            etag = (await Committed(new Write.Replace("a", "same", etag))).Single()!;
            Assert.True(seen.Add(etag));
        }
    }

    [Fact]
    public async Task A_row_inserted_again_has_an_etag_it_never_had()
    {
        var seen = new HashSet<string>();
        for (var round = 0; round < 20; round++)
        {
            var etag = (await Committed(new Write.Insert("a", "same"))).Single()!;
            Assert.True(seen.Add(etag));
            await Committed(new Write.Delete("a", etag));
        }
    }

    [Fact]
    public async Task An_etag_from_before_a_delete_does_not_open_the_row_inserted_after_it()
    {
        var old = (await Committed(new Write.Insert("a", "same"))).Single()!;
        await Committed(new Write.Delete("a", old));
        await Committed(new Write.Insert("a", "same"));

        Assert.Equal(new CommitOutcome.Conflict(0), await Commit(new Write.Replace("a", "new", old)));
        Assert.Equal(new CommitOutcome.Conflict(0), await Commit(new Write.Delete("a", old)));
    }

    [Fact]
    public async Task A_conflict_leaves_the_etags_as_they_were()
    {
        await Insert("a", "b");
        var (a, b) = (await Existing("a"), await Existing("b"));
        await Commit(new Write.Replace("a", "new", a.ETag), new Write.Insert("b", "new"));

        await Committed(new Write.Replace("a", "new", a.ETag), new Write.Delete("b", b.ETag));
    }

    [Theory]
    [InlineData("", "2")]
    [InlineData("", ":a")]
    [InlineData("a", "A")]
    [InlineData("1", "01")]
    public async Task Partitions_know_nothing_of_each_other(string one, string other)
    {
        var none = CancellationToken.None;
        var (mine, theirs) = (Partition + one, Partition + other);
        await Store.Commit(mine, [new Write.Insert("a", "mine"), new Write.Insert("b", "mine")], none);
        await Store.Commit(theirs, [new Write.Insert("a", "theirs")], none);
        var row = (await Store.Find(theirs, "a", none))!;

        await Store.Commit(theirs, [new Write.Delete("a", row.ETag)], none);

        Assert.Equal("theirs", row.Data);
        Assert.Empty((await Store.Range(theirs, "!", "~", 10, none)).Rows);
        Assert.Equal(["mine", "mine"], (await Store.Range(mine, "!", "~", 10, none)).Rows.Select(r => r.Data));
    }

    [Fact]
    public async Task Keys_that_differ_in_case_name_two_rows()
    {
        await Committed(new Write.Insert("a", "lower"), new Write.Insert("A", "upper"));

        Assert.Equal("lower", (await Find("a"))?.Data);
        Assert.Equal("upper", (await Find("A"))?.Data);
    }
}
