using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;
using static Pond.Tests.PlatformSpecs.PlatformBench;

namespace Pond.Tests.PlatformSpecs;

/// <summary>What the transactor promises on every store.</summary>
public abstract partial class TransactorSpec : IAsyncLifetime
{
    private PlatformBench bench = null!;

    protected abstract PartitionStore Open();

    protected virtual Task Close() => Task.CompletedTask;

    public async Task InitializeAsync() => bench = await On(Open());

    public Task DisposeAsync() => Close();

    [Fact]
    public async Task An_operation_asked_again_gets_its_first_answer_and_changes_nothing()
    {
        var first = await Run("k", (_, _) => Tallies.Add("a"));

        var second = await Run("k", (_, _) => Tallies.Add("b"));

        Assert.Equal(first.Facts, second.Facts);
        Assert.Equal(["a"], await bench.Marks());
    }

    [Fact]
    public async Task A_refusal_that_was_true_then_is_not_given_to_an_operation_that_has_happened()
    {
        await Run("k", Tallies.AddUpTo(1, "a"));

        var second = await Run("k", Tallies.AddUpTo(1, "a"));

        Assert.Null(second.Refusal);
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_refused()
    {
        await bench.Transactor.Run(
            Tallies.Silent(Partition), Operation("k", "one"), (_, _) => Tallies.Add("a"), CancellationToken.None);

        var second = await bench.Transactor.Run(
            Tallies.Silent(Partition), Operation("k", "two"), (_, _) => Tallies.Add("b"), CancellationToken.None);

        Assert.Equal(RefusalKind.KeyReused, second.Refusal?.Kind);
        Assert.Equal(["a"], await bench.Marks());
    }

    [Fact]
    public async Task A_refusal_leaves_no_record_so_that_the_same_key_may_succeed_later()
    {
        var refused = await Run("k", Tallies.AddUpTo(0, "a"));
        var accepted = await Run("k", Tallies.AddUpTo(1, "a"));

        Assert.Equal(Tallies.TooMany, refused.Refusal);
        Assert.Null(accepted.Refusal);
    }

    [Fact]
    public async Task A_wish_that_is_fulfilled_already_writes_nothing()
    {
        bench.Faults.Count();

        var decision = await Run("k", (_, _) => Decision<Marked>.Nothing);

        Assert.Null(decision.Refusal);
        Assert.DoesNotContain(bench.Faults.Disarm(), call => call.Kind is PortCallKind.Commit);
    }

    [Fact]
    public async Task Rows_that_the_state_no_longer_stands_for_are_deleted_and_the_head_stays()
    {
        await Run("k1", (_, _) => Tallies.Add("a"));

        await Run("k2", (tally, _) => new Marked(tally.Marks.Single(), Gone: true));

        Assert.Empty(await bench.Marks());
        Assert.NotNull(await bench.Find(Tallies.Head));
    }

    [Fact]
    public async Task Every_accepted_decision_rewrites_the_head_though_it_says_the_same()
    {
        var before = (await bench.Find(Tallies.Head))!;

        await Run("k", (_, _) => Tallies.Add("a"));

        var after = (await bench.Find(Tallies.Head))!;
        Assert.Equal(before.Data, after.Data);
        Assert.NotEqual(before.ETag, after.ETag);
    }

    [Fact]
    public async Task More_than_a_batch_holds_is_a_bug_and_says_so()
    {
        var names = Tallies.Names(StoreLimits.WritesPerBatchMax);
        var marks = names.Select(name => new Marked(new Mark(name, 1))).ToArray();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Run("k", (_, _) => marks));

        Assert.Contains($"at most {StoreLimits.WritesPerBatchMax} writes", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await bench.Marks());
    }

    [Fact]
    public async Task A_full_batch_is_carried_out()
    {
        const int HeadAndRecord = 2;
        var names = Tallies.Names(StoreLimits.WritesPerBatchMax - HeadAndRecord);

        await Run("k", (_, _) => names.Select(name => new Marked(new Mark(name, 1))).ToArray());

        Assert.Equal(names, await bench.Marks());
    }

    [Theory, InlineData(Load.RowsMax, true), InlineData(Load.RowsMax + 1, false)]
    public async Task A_decision_looks_at_so_many_rows_of_a_sort_and_no_more(int rows, bool isFine)
    {
        foreach (var name in Tallies.Names(rows)) await bench.Insert(Partition, Tallies.RowOf(name), new Mark(name, 1));

        var run = Run("k", (tally, _) => tally.Marks.Count == rows ? Tallies.TooMany : Decision<Marked>.Nothing);

        if (isFine) Assert.Equal(Tallies.TooMany, (await run).Refusal);
        else await Assert.ThrowsAsync<InvalidOperationException>(() => run);
    }

    private Task<Decision<Marked>> Run(string key, Func<Tally, DateTimeOffset, Decision<Marked>> decide) =>
        bench.Transactor.Run(Tallies.Silent(Partition), Operation(key), decide, CancellationToken.None);
}
