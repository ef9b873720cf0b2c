using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Storage;
using static Pond.Tests.PlatformSpecs.PlatformBench;

namespace Pond.Tests.PlatformSpecs;

public abstract partial class TransactorSpec
{
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
    public async Task After_a_lost_answer_a_row_may_be_found_by_its_key_and_among_those_that_are_only_looked_at()
    {
        var layout = Tallies.Silent(Partition) with
        {
            Loads = [new Load.One(Tallies.RowOf("mine"))],
            Looks = [new Load.Under(Tallies.MarkPrefix)],
        };
        bench.Faults.Arm(call => call.Kind is PortCallKind.Commit, FaultWay.FailsAfter);

        var decision = await bench.Transactor.Run(
            layout, Operation("k"), (_, _) => Tallies.Add("mine"), CancellationToken.None);

        Assert.Equal("mine", Assert.Single(decision.Facts).Mark.Name);
        Assert.Equal(["mine"], await bench.Marks());
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

    private Task PassAnHour()
    {
        bench.Clock.Advance(TimeSpan.FromHours(1));
        return Task.CompletedTask;
    }

    private static Decision<Marked> InTheFirstHour(Tally tally, DateTimeOffset now) =>
        now < HandClock.Start.AddHours(1) ? Tallies.Add("a") : Tallies.TooMany;
}
