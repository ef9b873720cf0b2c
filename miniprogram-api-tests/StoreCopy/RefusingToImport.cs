using System.Text;
using Pond.Platform.Storage;
using Pond.Platform.StoreCopy;
using Pond.Tests.Storage;
using static Pond.Tests.StoreCopy.CopyBench;

namespace Pond.Tests.StoreCopy;

public sealed class RefusingToImport : IDisposable
{
    private readonly CopyBench bench = new();
    private readonly MemoryPartitionStore target = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_copy_that_breaks_off_anywhere_is_refused()
    {
        var whole = await bench.Copy(new MemoryWholeStore(await SmallStore()));

        for (var length = 0; length < whole.Length; length++) await AssertBroken(whole[..length]);
    }

    [Fact]
    public async Task A_copy_with_any_byte_changed_is_refused()
    {
        var whole = await bench.Copy(new MemoryWholeStore(await SmallStore()));

        for (var at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            await AssertBroken(changed);
        }
    }

    [Fact]
    public async Task A_copy_without_any_one_of_its_lines_or_with_it_twice_is_refused()
    {
        var whole = Encoding.UTF8.GetString(await bench.Copy(new MemoryWholeStore(await SmallStore())));
        var lines = whole.TrimEnd('\n').Split('\n');

        for (var at = 0; at < lines.Length; at++)
        {
            await AssertBroken(Text([.. lines[..at], .. lines[(at + 1)..]]));
            await AssertBroken(Text([.. lines[..at], lines[at], .. lines[at..]]));
        }

        for (var at = 1; at < lines.Length; at++)
            await AssertBroken(Text([.. lines[..(at - 1)], lines[at], lines[at - 1], .. lines[(at + 1)..]]));

        static byte[] Text(IEnumerable<string> lines) =>
            Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
    }

    public static TheoryData<string, string> ImpossibleRows => new()
    {
        { """{"p":"p/q","k":"k","d":""}""", "A key holds only" },
        { """{"p":"p","k":"k#","d":""}""", "A key holds only" },
        { """{"p":"","k":"k","d":""}""", "not empty" },
        { """{"p":"p","k":"","d":""}""", "not empty" },
        { $$"""{"p":"p","k":"{{new string('k', 513)}}","d":""}""", "at most 512" },
        { $$"""{"p":"p","k":"k","d":"{{new string('d', 530_000)}}"}""", "bytes" },
        { """{"p":"health","k":"proof","d":""}""", "never copied" },
        { """{"p":"p","k":"k","d":"\ud800"}""", "neither a row" },
        { """{"p":"p","k":"k","d":null}""", "neither a row" },
        { """{"p":"p","k":"k"}""", "neither a row" },
        { """{"p":"p","k":"k","d":"","e":"more"}""", "neither a row" },
        { """{"p":"p","k":"k","d":"","d":"twice"}""", "neither a row" },
        { """{"p":"p","k":"k", "d":""}""", "neither a row" },
        { """{"k":"k","p":"p","d":""}""", "neither a row" },
        { """{"p":"p","k":"k","d":"\u0061"}""", "neither a row" },
        { "{\"p\":\"p\",\"k\":\"k\",\"d\":\"\"}\r", "neither a row" },
        { "", "neither a row" },
        { "null", "neither a row" },
        { new string('x', 5_000_000), "longer than" },
    };

    [Theory]
    [MemberData(nameof(ImpossibleRows))]
    public async Task A_row_that_no_export_writes_is_refused_though_the_footer_fits(string line, string reason)
    {
        bench.Sealed([line], partitions: 1);

        var refused = await AssertRefused();

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains("ine 2", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b", "k", "a", "k")]
    [InlineData("a", "l", "a", "k")]
    [InlineData("a", "k", "a", "k")]
    [InlineData("a", "k", "A", "k")]
    public async Task Rows_out_of_order_are_refused_though_the_footer_fits(string p1, string k1, string p2, string k2)
    {
        bench.Sealed(
            [$$"""{"p":"{{p1}}","k":"{{k1}}","d":""}""", $$"""{"p":"{{p2}}","k":"{{k2}}","d":""}"""], partitions: 2);

        Assert.Contains("line 3", (await AssertRefused()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"rows\":1", "\"rows\":2")]
    [InlineData("\"rows\":1", "\"rows\":-1")]
    [InlineData("\"rows\":1", "\"rows\":\"1\"")]
    [InlineData("\"rows\":1", "\"rows\":1.0")]
    [InlineData("\"partitions\":1", "\"partitions\":2")]
    [InlineData("\"sha256\":\"", "\"sha256\":\"00")]
    [InlineData("\"}", "\",\"more\":1}")]
    public async Task A_footer_that_does_not_fit_is_refused(string right, string wrong)
    {
        bench.Sealed(
            ["""{"p":"p","k":"k","d":""}"""], partitions: 1, footer => footer.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains("line 3", (await AssertRefused()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"format":"pond-store","version":2}""")]
    [InlineData("""{"format":"other","version":1}""")]
    [InlineData("")]
    public async Task A_copy_of_another_version_is_refused(string header)
    {
        var copy = await File.ReadAllTextAsync(bench.Sealed([], partitions: 0));

        await AssertBroken(Encoding.UTF8.GetBytes(copy.Replace(Header, header, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_stands_behind_the_footer_is_refused()
    {
        var copy = await bench.Copy(new MemoryWholeStore(await SmallStore()));

        await AssertBroken([.. copy, (byte)'x']);
        await AssertBroken([.. copy, (byte)'\n']);
    }

    [Theory]
    [InlineData("0", "first")]
    [InlineData("a", "between")]
    [InlineData("d", "last")]
    public async Task A_store_that_holds_anything_else_is_refused(string partition, string key)
    {
        await Export(new MemoryWholeStore(await SmallStore()), bench.File());
        await target.Commit(partition, [new Write.Insert(key, "in use")], None);

        var refused = await Assert.ThrowsAsync<StoreCopyException>(() => Import(target, bench.File()));

        Assert.Contains($"the row {key} of the partition {partition}", refused.Message, StringComparison.Ordinal);
        Assert.Single(target.Everything());
    }

    [Fact]
    public async Task A_store_that_holds_a_row_with_other_data_is_refused()
    {
        await Export(new MemoryWholeStore(await SmallStore()), bench.File());
        await target.Commit("c", [new Write.Insert("l", "other")], None);

        var refused = await Assert.ThrowsAsync<StoreCopyException>(() => Import(target, bench.File()));

        Assert.Contains("the row l of the partition c with other data", refused.Message, StringComparison.Ordinal);
        Assert.Single(target.Everything());
    }

    [Fact]
    public async Task Somebody_who_writes_other_data_meanwhile_is_noticed()
    {
        await Export(new MemoryWholeStore(await SmallStore()), bench.File());
        var faults = new Faults { Before = call => call.Name == "commit c" ? Write("c", "k") : Task.CompletedTask };
        faults.Count();

        var refused = await Assert.ThrowsAsync<StoreCopyException>(() =>
            Import(new MemoryWholeStore(target), new FaultyStore(target, faults), bench.File()));

        Assert.Contains("the row k of the partition c with other data", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_writes_other_rows_meanwhile_is_noticed_at_the_end()
    {
        await Export(new MemoryWholeStore(await SmallStore()), bench.File());
        var faults = new Faults { Before = _ => Write("d", "k") };
        faults.Count();

        var refused = await Assert.ThrowsAsync<StoreCopyException>(() =>
            Import(new MemoryWholeStore(target), new FaultyStore(target, faults), bench.File()));

        Assert.Contains("somebody else writes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_was_only_asked_how_it_is_is_not_in_use()
    {
        await Export(new MemoryWholeStore(await SmallStore()), bench.File());
        await target.Commit(WholeStore.ProbePartition, [new Write.Insert("proof", "now")], None);

        await Import(target, bench.File());

        Assert.Equal(7, target.Everything().Count);
    }

    private Task<CommitOutcome> Write(string partition, string key) =>
        target.Commit(partition, [new Write.Insert(key, "somebody else's")], None);

    private async Task AssertBroken(byte[] copy)
    {
        await File.WriteAllBytesAsync(bench.File(), copy);
        await AssertRefused();
    }

    private async Task<StoreCopyException> AssertRefused()
    {
        var refused = await Assert.ThrowsAsync<StoreCopyException>(() => Import(target, bench.File()));
        Assert.Empty(target.Everything());
        return refused;
    }
}
