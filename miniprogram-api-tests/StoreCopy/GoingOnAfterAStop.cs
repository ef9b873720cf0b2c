using Pond.Platform.Storage;
using Pond.Platform.StoreCopy;
using Pond.Tests.Storage;
using static Pond.Tests.StoreCopy.CopyBench;

namespace Pond.Tests.StoreCopy;

public sealed class GoingOnAfterAStop : IDisposable
{
    private const int Rows = 6; // of the small store

    private readonly CopyBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task An_export_that_was_stopped_after_any_row_goes_on_to_the_same_copy()
    {
        var store = await SmallStore();
        var whole = await bench.Copy(new MemoryWholeStore(store));

        for (var rows = 0; rows < Rows; rows++)
        {
            var path = bench.File($"{rows}.jsonl");
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Export(new MemoryWholeStore(store, rows), path));
            Assert.False(File.Exists(path));
            var left = new MemoryWholeStore(store, breaksAfter: Rows - rows); // enough only for what is still to be read

            await Export(left, path);

            Assert.Equal(whole, await File.ReadAllBytesAsync(path));
        }
    }

    [Fact]
    public async Task An_export_goes_on_wherever_its_file_breaks_off()
    {
        var store = new MemoryWholeStore(await SmallStore());
        var whole = await bench.Copy(store);

        for (var length = 0; length <= whole.Length; length++)
        {
            var path = bench.File($"{length}.jsonl");
            await File.WriteAllBytesAsync(path + ".part", whole[..length]);

            await Export(store, path);

            Assert.Equal(whole, await File.ReadAllBytesAsync(path));
            Assert.False(File.Exists(path + ".part"));
        }
    }

    [Fact]
    public async Task An_export_does_not_go_on_in_what_is_no_part_of_a_copy()
    {
        await File.WriteAllTextAsync(bench.File() + ".part", "precious\n");

        await Assert.ThrowsAsync<StoreCopyException>(async () =>
            await Export(new MemoryWholeStore(await SmallStore()), bench.File()));

        Assert.Equal("precious\n", await File.ReadAllTextAsync(bench.File() + ".part"));
    }

    [Theory]
    [InlineData(FaultWay.CrashesBefore)]
    [InlineData(FaultWay.CrashesAfter)]
    public async Task An_import_that_was_killed_at_any_commit_goes_on(FaultWay way)
    {
        var store = await SmallStore();
        await Export(new MemoryWholeStore(store), bench.File());

        for (var commit = 1; commit <= 3; commit++) // one for each partition
        {
            var (target, faults) = (new MemoryPartitionStore(), new Faults());
            faults.Arm(call => call.Name == $"commit {"?abc"[commit]}" + (commit == 2 ? ":1" : ""), way);
            await Assert.ThrowsAsync<CrashException>(() => Import(target, faults));
            faults.Revive();
            faults.Disarm();

            await Import(target, faults);

            Assert.Equal(store.Everything(), target.Everything());
        }
    }

    [Theory]
    [InlineData(FaultWay.FailsBefore)]
    [InlineData(FaultWay.FailsAfter)]
    [InlineData(FaultWay.LandsBeforeNextCommit)]
    [InlineData(FaultWay.LandsAfterNextCommit)]
    public async Task An_import_settles_a_lost_answer(FaultWay way)
    {
        var store = await SmallStore();
        await Export(new MemoryWholeStore(store), bench.File());
        var (target, faults) = (new MemoryPartitionStore(), new Faults());
        faults.Arm(call => call.Name == "commit a", way);

        await Import(target, faults);

        Assert.Equal(store.Everything(), target.Everything());
    }

    [Fact]
    public async Task An_import_gives_up_on_a_store_that_never_answers()
    {
        await Export(new MemoryWholeStore(await SmallStore()), bench.File());
        var faults = new Faults();
        faults.Arm(call => call.Kind == PortCallKind.Commit, FaultWay.FailsBefore, int.MaxValue);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Import(new MemoryPartitionStore(), faults));
    }

    [Fact]
    public async Task To_import_again_changes_nothing()
    {
        await Export(new MemoryWholeStore(await SmallStore()), bench.File());
        var (target, faults) = (new MemoryPartitionStore(), new Faults());
        var first = await Import(target, faults);
        faults.Count();

        Assert.Equal(first, await Import(target, faults));
        Assert.Empty(faults.Calls);
    }

    private Task<CopySum> Import(MemoryPartitionStore target, Faults faults) =>
        CopyBench.Import(new MemoryWholeStore(target), new FaultyStore(target, faults), bench.File());
}
