using Pond.Tests.Simulation.Enumeration;
using Xunit.Abstractions;

namespace Pond.Tests.FaultInjection;

/// <summary>
/// Each operation that moves value, in a simulated world, with every single call that its nodes make of the store, the
/// queues or WeChat going wrong in every way, from its beginning until all is quiet.
/// </summary>
/// <remarks>
/// The commands <c>enumerate</c> and <c>enumerate --pairs</c> try more: each on two nodes, each with all messages lost,
/// and every two faults. A class for each part, so that they run side by side.
/// </remarks>
public abstract class FailingAtEveryCall(ITestOutputHelper output)
{
    private protected void TryEveryCall(Setting setting, Scope? scope = null) =>
        AssertNone(new Enumerator(setting, scope ?? Scope.Everything).Singles());

    private protected void TryEveryTwo(Setting setting, Scope scope) => AssertNone(new Enumerator(setting, scope).Pairs());

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
    [InlineData("claim"), InlineData("redemption"), InlineData("acceptance"), InlineData("check-in")]
    [InlineData("spend"), InlineData("approval"), InlineData("grow"), InlineData("merge")]
    public void One_effect_and_one_answer_whichever_call_fails(string operation) => TryEveryCall(new(operation));

    /// <summary>A check-in tells nobody anything, so no sweep has work with it.</summary>
    [Theory, InlineData("claim"), InlineData("spend"), InlineData("grow")]
    public void One_effect_and_one_answer_whichever_call_of_the_sweep_fails(string operation) =>
        TryEveryCall(new(operation, LosesMessages: true));

    [Theory, InlineData("claim"), InlineData("spend")]
    public void Whoever_asks_again_on_another_node_is_told_the_same(string operation) =>
        TryEveryCall(new(operation, Nodes: 2), Scope.Changes);
}

public sealed class FailingAtEveryCallOfAnOrder(ITestOutputHelper output) : FailingAtEveryCall(output)
{
    [Theory, InlineData("place"), InlineData("begin payment"), InlineData("cancel")]
    public void Nothing_is_kept_of_what_is_not_paid_whichever_call_fails(string operation) =>
        TryEveryCall(new(operation));

    [Fact]
    public void Whoever_asks_again_on_another_node_has_one_order() =>
        TryEveryCall(new("place", Nodes: 2), Scope.Changes);
}

public sealed class FailingAtEveryCallOfAPayment(ITestOutputHelper output) : FailingAtEveryCall(output)
{
    [Theory]
    [InlineData("hear of payment"), InlineData("ask for payment"), InlineData("give refund"), InlineData("ask back")]
    public void All_books_say_the_same_whichever_call_fails(string operation) => TryEveryCall(new(operation));
}

public sealed class FailingTwice(ITestOutputHelper output) : FailingAtEveryCall(output)
{
    [Theory, InlineData("claim"), InlineData("check-in")]
    public void One_effect_and_one_answer_whichever_two_changes_fail(string operation) =>
        TryEveryTwo(new(operation), Scope.Changes);

    [Theory, InlineData("place"), InlineData("hear of payment"), InlineData("give refund")]
    public void One_outcome_in_every_book_whichever_two_changes_it_dies_after(string operation) =>
        TryEveryTwo(new(operation), Scope.DeathsAfterChanges);
}
