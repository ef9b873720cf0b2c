using Pond.Tests.Simulation.Enumeration;
using Xunit.Abstractions;

namespace Pond.Tests.FaultInjection;

/// <summary>
/// Each operation that moves value, in a simulated world, with every single call that its nodes make of the store, the
/// queues or WeChat going wrong, from its beginning until all is quiet.
/// </summary>
/// <remarks>
/// The commands <c>enumerate</c> and <c>enumerate --pairs</c> try what takes longer: every call in every way, alone, on
/// two nodes and with all messages lost, and every two faults. A class for each part, so that they run side by side.
/// </remarks>
public abstract class FailingAtEveryCall(ITestOutputHelper output)
{
    private protected void TryEveryCall(Setting setting, Scope? scope = null) =>
        AssertNone(new Enumerator(setting, scope ?? Scope.Everything).Singles());

    /// <param name="shards">One of so many of the first faults is tried.</param>
    private protected void TryEveryTwo(Setting setting, Scope scope, int shards = 1) =>
        AssertNone(new Enumerator(setting, scope, shard: 0, shards).Pairs());

    private void AssertNone(Figures figures)
    {
        output.WriteLine($"{figures}");
        Assert.Empty(figures.Violations);
        Assert.NotEqual(0, figures.Trials);
    }
}

public sealed class FailingAtEveryCallOfAGain(ITestOutputHelper output) : FailingAtEveryCall(output)
{
    [Theory]
    [InlineData("claim"), InlineData("check-in"), InlineData("spend")]
    public void One_effect_and_one_answer_whichever_call_fails_in_whichever_way(string operation) =>
        TryEveryCall(new(operation));

    [Theory]
    [InlineData("redemption"), InlineData("acceptance"), InlineData("approval"), InlineData("grow"), InlineData("merge")]
    public void One_effect_and_one_answer_whichever_call_fails(string operation) =>
        TryEveryCall(new(operation), Scope.EveryCall);

    /// <summary>A check-in tells nobody anything, so no sweep has work with it.</summary>
    [Theory, InlineData("claim"), InlineData("spend"), InlineData("grow")]
    public void One_effect_and_one_answer_whichever_call_of_the_sweep_fails(string operation) =>
        TryEveryCall(new(operation, LosesMessages: true));

    [Theory, InlineData("claim"), InlineData("spend")]
    public void Whoever_asks_again_on_another_node_is_told_the_same(string operation) =>
        TryEveryCall(new(operation, Nodes: 2), Scope.LostChanges);
}

public sealed class FailingAtEveryCallOfAnOrder(ITestOutputHelper output) : FailingAtEveryCall(output)
{
    [Theory, InlineData("place"), InlineData("begin payment")]
    public void Nothing_is_kept_of_what_is_not_paid_whichever_call_fails(string operation) =>
        TryEveryCall(new(operation), Scope.EveryCall);

    [Fact]
    public void Nothing_is_kept_of_what_is_cancelled_whichever_change_it_dies_after() =>
        TryEveryCall(new("cancel"), Scope.DeathsAfterChanges);

    [Fact]
    public void Whoever_asks_again_on_another_node_has_one_order() =>
        TryEveryCall(new("place", Nodes: 2), Scope.DeathsAfterChanges);
}

public sealed class FailingAtEveryCallOfAPayment(ITestOutputHelper output) : FailingAtEveryCall(output)
{
    [Theory, InlineData("hear of payment"), InlineData("give refund")]
    public void All_books_say_the_same_whichever_call_fails(string operation) =>
        TryEveryCall(new(operation), Scope.EveryCall);

    [Theory, InlineData("ask for payment"), InlineData("ask back")]
    public void All_books_say_the_same_whichever_change_it_dies_after(string operation) =>
        TryEveryCall(new(operation), Scope.DeathsAfterChanges);
}

public sealed class FailingTwice(ITestOutputHelper output) : FailingAtEveryCall(output)
{
    private const int Sparing = 16; // all of them take minutes

    [Theory, InlineData("claim"), InlineData("check-in")]
    public void One_effect_and_one_answer_whichever_two_changes_fail(string operation) =>
        TryEveryTwo(new(operation), Scope.LostChanges);

    [Theory, InlineData("place"), InlineData("hear of payment"), InlineData("give refund")]
    public void One_outcome_in_every_book_whichever_two_changes_it_dies_after(string operation) =>
        TryEveryTwo(new(operation), Scope.DeathsAfterChanges, Sparing);
}
