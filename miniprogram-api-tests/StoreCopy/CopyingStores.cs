using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pond.Platform.Storage;
using Pond.Platform.StoreCopy;
using Pond.Tests.Storage;
using static Pond.Tests.StoreCopy.CopyBench;

namespace Pond.Tests.StoreCopy;

public sealed class CopyingStores : IDisposable
{
    private const string KeyChars = "!$()*+,-.0189:;=@AZ^_az{|}~";

    private readonly CopyBench bench = new();

    public void Dispose() => bench.Dispose();

    private static Gen<string> Keys =>
        from length in Gen.Frequency((9, Gen.Choose(1, 3)), (1, Gen.Constant(Platform.Storage.Keys.CharsMax)))
        from chars in Gen.Elements(KeyChars.ToCharArray()).ArrayOf(length)
        select new string(chars);

    private static Gen<string> Data =>
        from length in Gen.Frequency((9, Gen.Choose(0, 20)), (1, Gen.Constant(40_000)))
        from runes in Gen.OneOf(
            Gen.Choose(1, 0x7f), Gen.Choose(0x80, 0xd7ff), Gen.Choose(0xe000, 0xffff), Gen.Choose(0x10000, 0x10ffff))
            .ArrayOf(length)
        select string.Concat(runes.Select(rune => new Rune(rune).ToString()));

    private static Gen<ScannedRow[]> Contents =>
        from rows in (from partition in Keys from key in Keys from data in Data select Some(partition, key, data)).ArrayOf()
        select rows.DistinctBy(row => row.Place).ToArray();

    [Fact]
    public void Any_rows_survive_export_and_import_and_the_next_export_is_the_same_bytes() =>
        Prop.ForAll(Contents.ToArbitrary(), async rows =>
        {
            var store = await StoreOf(rows);
            var copy = bench.File($"{Guid.NewGuid()}.jsonl");
            await Export(new MemoryWholeStore(store), copy);
            var target = new MemoryPartitionStore();
            await Import(target, copy);

            var (first, second) = (await File.ReadAllBytesAsync(copy), await bench.Copy(new MemoryWholeStore(target)));
            return target.Everything().SequenceEqual(store.Everything()) && first.AsSpan().SequenceEqual(second);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public async Task A_copy_is_a_header_a_line_for_each_row_and_a_footer()
    {
        var store = await StoreOf(Some("p", "k", "{\"name\":\"小池😀\"}\u0001\\"), Some("q", "k", ""));
        await Export(new MemoryWholeStore(store), bench.File());

        Assert.Equal(
            [
                """{"format":"pond-store","version":1}""",
                """{"p":"p","k":"k","d":"{\"name\":\"小池😀\"}\u0001\\"}""",
                """{"p":"q","k":"k","d":""}""",
                """{"rows":2,"partitions":2,"sha256":"@"}""",
            ],
            (await File.ReadAllLinesAsync(bench.File())).Select(line => line.Contains("sha256")
                ? System.Text.RegularExpressions.Regex.Replace(line, "[0-9a-f]{64}", "@")
                : line));
    }

    [Fact]
    public async Task An_empty_store_has_a_copy_too()
    {
        var sum = await Export(new MemoryWholeStore(new MemoryPartitionStore()), bench.File());
        var target = new MemoryPartitionStore();

        Assert.Equal(sum, await Import(target, bench.File()));
        Assert.Equal((0, 0), (sum.Rows, sum.Partitions));
    }

    [Fact]
    public async Task Rows_as_large_as_a_store_takes_are_split_into_batches_that_it_takes()
    {
        var store = await StoreOf(Enumerable.Range(0, 8).Select(i => Some("p", $"k{i}", new string('\u0001', 520_000))));
        await Export(new MemoryWholeStore(store), bench.File());
        var target = new MemoryPartitionStore();

        await Import(target, bench.File());

        Assert.Equal(store.Everything(), target.Everything());
    }

    [Fact]
    public async Task More_rows_of_a_partition_than_a_batch_holds_are_copied()
    {
        var store = await StoreOf(Enumerable.Range(0, 250).Select(i => Some($"p{i / 201}", $"k{i:D3}", $"{i}")));
        var sum = await Export(new MemoryWholeStore(store), bench.File());
        var target = new MemoryPartitionStore();

        Assert.Equal(sum, await Import(target, bench.File()));
        Assert.Equal((250, 2), (sum.Rows, sum.Partitions));
        Assert.Equal(store.Everything(), target.Everything());
    }

    [Fact]
    public async Task What_is_there_is_not_written_over()
    {
        await File.WriteAllTextAsync(bench.File(), "precious");

        await Assert.ThrowsAsync<StoreCopyException>(async () =>
            await Export(new MemoryWholeStore(await SmallStore()), bench.File()));

        Assert.Equal("precious", await File.ReadAllTextAsync(bench.File()));
    }

    [Fact]
    public async Task Nobody_else_may_read_a_copy()
    {
        if (OperatingSystem.IsWindows()) return; // files have no such mode there
        await Export(new MemoryWholeStore(await SmallStore()), bench.File());

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(bench.File()));
    }
}
