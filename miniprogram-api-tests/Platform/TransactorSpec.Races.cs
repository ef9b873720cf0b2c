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
    public async Task An_operation_that_another_process_carries_out_between_two_reads_is_not_refused_for_its_own_effect()
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

    [Theory]
    [InlineData(FaultWay.FailsBefore)]
    [InlineData(FaultWay.FailsAfter)]
    [InlineData(FaultWay.LandsBeforeNextCommit)]
    [InlineData(FaultWay.LandsAfterNextCommit)]
    public async Task A_commit_whose_answer_is_lost_counts_once(FaultWay way)
    {
        bench.Faults.Arm(call => call.Kind is PortCallKind.Commit, way);

        var tries = 0;
        var decision = await Run("k", (_, _) => Tallies.Add($"try-{++tries}"));
        await bench.Store.LandLate();

        Assert.Equal([Assert.Single(decision.Facts).Mark.Name], await bench.Marks());
        Assert.Equal(decision.Facts, (await Run("k", (_, _) => Tallies.Add("again"))).Facts);
    }

    [Fact]
    public async Task After_a_lost_answer_a_refusal_is_recorded_so_that_the_lost_write_cannot_land_behind_it()
    {
        bench.Faults.Arm(call => call.Kind is PortCallKind.Commit, FaultWay.LandsAfterNextCommit);
        bench.Faults.Meanwhile = PassAnHour;

        var decision = await Run("k", InTheFirstHour);

        Assert.Equal(Tallies.TooMany, decision.Refusal);
        Assert.Empty(await bench.Marks());
        Assert.NotNull(await bench.Find(Operation("k").Row));
    }

    [Fact]
    public async Task A_refusal_that_was_recorded_as_a_fence_may_be_followed_by_a_yes_under_the_same_key()
    {
        bench.Faults.Arm(call => call.Kind is PortCallKind.Commit, FaultWay.FailsBefore);
        bench.Faults.Meanwhile = () => Rival("rival", Tallies.AddUpTo(1, "theirs"));
        var refused = await Run("k", Tallies.AddUpTo(1, "mine"));

        var accepted = await Run("k", Tallies.AddUpTo(2, "mine"));
        var again = await Run("k", Tallies.AddUpTo(2, "mine"));

        Assert.Equal(Tallies.TooMany, refused.Refusal);
        Assert.Null(accepted.Refusal);
        Assert.Equal(accepted.Facts, again.Facts);
        Assert.Equal(["mine", "theirs"], await bench.Marks());
    }

    [Fact]
    public async Task After_a_lost_answer_nothing_to_do_is_recorded_too()
    {
        bench.Faults.Arm(call => call.Kind is PortCallKind.Commit, FaultWay.LandsAfterNextCommit);
        bench.Faults.Meanwhile = PassAnHour;

        var decision = await Run(
            "k", (tally, now) => now == HandClock.Start ? Tallies.Add("a") : Decision<Marked>.Nothing);

        Assert.Null(decision.Refusal);
        Assert.Empty(decision.Facts);
        Assert.Empty(await bench.Marks());
    }

    [Fact]
    public async Task A_lost_write_that_lands_before_the_refusal_wins_over_it()
    {
        bench.Faults.Arm(call => call.Kind is PortCallKind.Commit, FaultWay.LandsBeforeNextCommit);
        bench.Faults.Meanwhile = PassAnHour;

        var decision = await Run("k", InTheFirstHour);

        Assert.Null(decision.Refusal);
        Assert.Equal(["a"], await bench.Marks());
    }

    [Fact]
    public async Task A_store_that_never_answers_commits_is_asked_eight_times()
    {
        bench.Faults.Arm(call => call.Kind is PortCallKind.Commit, FaultWay.FailsBefore, times: int.MaxValue);

        await Assert.ThrowsAsync<ContendedException>(() => Run("k", (_, _) => Tallies.Add("a")));

        Assert.Equal(
            Transactor.AttemptsMax, bench.Faults.Disarm().Count(call => call.Kind is PortCallKind.Commit));
        Assert.Null((await Run("k", (_, _) => Tallies.Add("a"))).Refusal); // the same key may be asked again
    }

    [Fact]
    public async Task A_store_that_does_not_answer_a_read_changes_nothing()
    {
        bench.Faults.Arm(call => call.Kind is PortCallKind.Read, FaultWay.FailsBefore);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Run("k", (_, _) => Tallies.Add("a")));

        Assert.Empty(await bench.Marks());
    }

    private void BeforeCommits(Func<Task> rival)
    {
        bench.Faults.Before = call => call.Kind is PortCallKind.Commit ? rival() : Task.CompletedTask;
        bench.Faults.Count();
    }

    private Task<Decision<Marked>> Rival(string key, Func<Tally, DateTimeOffset, Decision<Marked>> decide) =>
        bench.Neighbour.Run(Tallies.Silent(Partition), Operation(key), decide, CancellationToken.None);

    private Task PassAnHour()
    {
        bench.Clock.Advance(TimeSpan.FromHours(1));
        return Task.CompletedTask;
    }

    private static Decision<Marked> InTheFirstHour(Tally tally, DateTimeOffset now) =>
        now < HandClock.Start.AddHours(1) ? Tallies.Add("a") : Tallies.TooMany;
}
