using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;
using static Pond.Tests.PlatformSpecs.PlatformBench;

namespace Pond.Tests.PlatformSpecs;

public abstract partial class TransactorSpec
{
    [Fact]
    public async Task A_race_that_is_lost_each_time_ends_after_eight_tries()
    {
        var rivals = 0;
        BeforeCommits(() => Rival($"rival {++rivals}", (_, _) => Tallies.Add($"rival-{rivals}")));

        await Assert.ThrowsAsync<ContendedException>(() => Run("k", (_, _) => Tallies.Add("mine")));

        Assert.Equal(Transactor.AttemptsMax, rivals);
        Assert.DoesNotContain("mine", await bench.Marks());
    }

    [Fact]
    public async Task A_race_that_is_won_at_the_last_try_is_answered()
    {
        var rivals = 0;
        BeforeCommits(() => rivals == Transactor.AttemptsMax - 1
            ? Task.CompletedTask
            : Rival($"rival {++rivals}", (_, _) => Tallies.Add($"rival-{rivals}")));

        Assert.Null((await Run("k", (_, _) => Tallies.Add("mine"))).Refusal);

        Assert.Contains("mine", await bench.Marks());
    }

    [Fact]
    public async Task Of_two_decisions_over_the_same_rows_that_write_different_ones_the_second_sees_the_first()
    {
        var rivals = 0;
        BeforeCommits(() => rivals++ > 0 ? Task.CompletedTask : Rival("rival", Tallies.AddUpTo(1, "theirs")));

        var mine = await Run("k", Tallies.AddUpTo(1, "mine"));

        Assert.Equal(Tallies.TooMany, mine.Refusal);
        Assert.Equal(["theirs"], await bench.Marks());
    }

    [Theory, InlineData("find t:1 tally"), InlineData("range t:1 mark:")]
    public async Task A_decision_made_while_the_rows_change_under_its_reads_does_not_land(string read)
    {
        bench.Faults.Before = async call =>
        {
            if (call.Name != read) return;
            bench.Faults.Before = null;
            await Rival("rival", Tallies.AddUpTo(1, "theirs"));
        };
        bench.Faults.Count();

        var mine = await Run("k", Tallies.AddUpTo(1, "mine"));

        Assert.Equal(Tallies.TooMany, mine.Refusal);
        Assert.Equal(["theirs"], await bench.Marks());
    }

    [Fact]
    public async Task The_same_operation_in_two_processes_at_once_has_one_answer()
    {
        var rivals = 0;
        BeforeCommits(() => rivals++ > 0 ? Task.CompletedTask : Rival("k", (_, _) => Tallies.Add("theirs")));

        var mine = await Run("k", (_, _) => Tallies.Add("mine"));

        Assert.Equal("theirs", Assert.Single(mine.Facts).Mark.Name);
        Assert.Equal(["theirs"], await bench.Marks());
    }

    [Fact]
    public async Task An_operation_that_another_process_has_just_carried_out_is_not_refused_for_its_own_effect()
    {
        bench.Faults.Before = async call =>
        {
            if (!call.Name.StartsWith("range", StringComparison.Ordinal)) return;
            bench.Faults.Before = null;
            await Rival("k", Tallies.AddUpTo(1, "a")); // its record was looked for already, its mark was not
        };
        bench.Faults.Count();

        var decision = await Run("k", Tallies.AddUpTo(1, "a"));

        Assert.Null(decision.Refusal);
        Assert.Equal("a", Assert.Single(decision.Facts).Mark.Name);
    }

    private void BeforeCommits(Func<Task> rival)
    {
        bench.Faults.Before = call => call.Kind is PortCallKind.Commit ? rival() : Task.CompletedTask;
        bench.Faults.Count();
    }

    private Task<Decision<Marked>> Rival(string key, Func<Tally, DateTimeOffset, Decision<Marked>> decide) =>
        bench.Neighbour.Run(Tallies.Silent(Partition), Operation(key), decide, CancellationToken.None);
}
