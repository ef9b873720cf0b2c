using System.Net;
using Pond.Bargains;
using Pond.Orders;
using Pond.Tests.Orders;
using Pond.Tests.Pricing;
using static Pond.Tests.Bargains.BargainSteps;

namespace Pond.Tests.Bargains;

/// <summary>Buying what was bargained for.</summary>
[Rule("BRG-05")]
public sealed class OrderingAtThePrice(SharedApi shared) : IClassFixture<SharedApi>
{
    private static int names;

    private readonly MiniProgramApi api = shared.Api;
    private readonly string ownerName = $"bargain-buyer-{Interlocked.Increment(ref names)}";

    [Fact, Rule("BRG-02"), Rule("BRG-04")]
    public async Task At_the_floor_it_is_ordered_paid_and_done_and_nothing_more_comes_of_it()
    {
        var (owner, attemptId) = await Begun();
        Assert.Equal("bargain.not_at_floor", await (await owner.OrderAttempt(attemptId)).Code());
        await HelpTo(attemptId, 2);
        Assert.Equal("floorReached", await owner.AttemptState(attemptId));

        var key = Phone.NewKey();
        var answer = await owner.OrderAttempt(attemptId, key);
        var order = (await answer.Json()).Text("orderId");
        Assert.Equal((HttpStatusCode.Created, 1_000), (answer.StatusCode, (await answer.Json()).Whole("payableFen")));
        Assert.Equal("ordered", await owner.AttemptState(attemptId));
        api.Sandbox.Pay.Pay(await owner.Paying(order));
        await OrderSteps.Tell(api);

        Assert.Equal(("paid", "done"), (await owner.OrderState(order), await owner.AttemptState(attemptId)));
        Assert.Equal(order, (await (await owner.OrderAttempt(attemptId, key)).Json()).Text("orderId"));
        Assert.Equal("bargain.done", await (await owner.OrderAttempt(attemptId)).Code());
    }

    [Fact, Rule("BRG-02")]
    public async Task Where_it_may_be_bought_any_time_the_order_freezes_the_price_and_nobody_cuts_after()
    {
        var (owner, attemptId) = await Begun(mode: "buyAnyTime");
        var cut = await (await (await shared.Newcomer()).Help(attemptId)).Json();

        var order = await (await owner.OrderAttempt(attemptId)).Json();

        Assert.Equal(cut.Whole("priceFen"), order.Whole("payableFen"));
        Assert.Equal("bargain.ordered", await (await (await shared.Newcomer()).Help(attemptId)).Code());
        var second = await owner.OrderAttempt(attemptId);
        Assert.Equal("bargain.ordered", await second.Code());
        Assert.Equal(order.Text("orderId"), (await second.Json()).Text("orderId"));
    }

    [Fact]
    public async Task Taps_at_once_make_one_order()
    {
        var (owner, attemptId) = await Begun(mode: "buyAnyTime");

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => owner.OrderAttempt(attemptId)));
        await api.Deliver();

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.Created);
        Assert.Equal("ordered", await owner.AttemptState(attemptId));
    }

    [Fact, Rule("D05"), Rule("BRG-04")]
    public async Task A_cancelled_order_gives_the_price_back_and_it_can_be_ordered_again()
    {
        var (owner, attemptId) = await Begun(cuts: 1);
        await HelpTo(attemptId, 1);
        var first = (await (await owner.OrderAttempt(attemptId)).Json()).Text("orderId");

        (await owner.Cancel(first, "changedMind")).EnsureSuccessStatusCode();
        await api.DeliverThrice(seed: 7);
        Assert.Equal("floorReached", await owner.AttemptState(attemptId));
        var second = await owner.OrderAttempt(attemptId);

        Assert.Equal((HttpStatusCode.Created, 1_000), (second.StatusCode, (await second.Json()).Whole("payableFen")));
        api.Sandbox.Pay.Pay(await owner.Paying((await second.Json()).Text("orderId")));
        await OrderSteps.Tell(api);
        Assert.Equal("done", await owner.AttemptState(attemptId));
    }

    [Fact, Rule("D05")]
    public async Task An_order_that_nobody_paid_gives_the_price_back_and_friends_go_on_helping()
    {
        var (owner, attemptId) = await Begun(mode: "buyAnyTime");
        var order = (await (await owner.OrderAttempt(attemptId)).Json()).Text("orderId");

        api.Clock.Advance(TimeSpan.FromMinutes(OrderAttempt.PayMinutes + 3));
        await api.Fire(nameof(CancelUnpaidOrders));
        await api.Deliver();
        owner = await api.LogIn(ownerName);

        Assert.Equal(("cancelled", "open"), (await owner.OrderState(order), await owner.AttemptState(attemptId)));
        Assert.Equal(HttpStatusCode.Created, (await (await shared.Newcomer()).Help(attemptId)).StatusCode);
    }

    [Fact, Rule("BRG-04")]
    public async Task An_order_that_is_cancelled_after_the_deadline_ends_the_attempt()
    {
        var (owner, attemptId) = await Begun(mode: "buyAnyTime", hours: 1);
        var order = (await (await owner.OrderAttempt(attemptId)).Json()).Text("orderId");
        api.Clock.Advance(TimeSpan.FromMinutes(61));
        owner = await api.LogIn(ownerName);

        await api.Fire(nameof(ExpireAttempts));
        Assert.Equal("ordered", await owner.AttemptState(attemptId));
        (await owner.Cancel(order, "changedMind")).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal("expired", await owner.AttemptState(attemptId));
        Assert.Equal(AttemptState.Expired, (await api.StoredAttempt(attemptId)).State);
    }

    [Fact]
    public async Task When_nothing_is_left_ordering_says_so_and_the_attempt_stays_as_it_was()
    {
        var id = await api.PublishBargain(
            api.Bargain(await api.Product(), mode: "buyAnyTime", pieces: 1));
        var (fast, slow, late) = (await shared.Newcomer(), await shared.Newcomer(), await shared.Newcomer());
        var (first, second) = (await fast.Attempt(id), await slow.Attempt(id));
        (await fast.OrderAttempt(first)).EnsureSuccessStatusCode();

        var refused = await slow.OrderAttempt(second);
        await api.Deliver();

        Assert.Equal((HttpStatusCode.Conflict, "stock.sold_out"), (refused.StatusCode, await refused.Code()));
        var look = await slow.Look(second);
        Assert.Equal(("open", 0), (look.Text("state"), look.Whole("piecesLeft")));
        Assert.False(look.GetProperty("canOrder").GetBoolean());
        Assert.Equal("bargain.sold_out", await (await late.Post(AttemptsOf(id))).Code());
    }

    [Fact]
    public async Task Only_the_owner_orders()
    {
        var (_, attemptId) = await Begun(mode: "buyAnyTime");

        var answer = await (await shared.Newcomer()).OrderAttempt(attemptId);

        Assert.Equal((HttpStatusCode.NotFound, "bargain.attempt_missing"), (answer.StatusCode, await answer.Code()));
    }

    [Fact]
    public async Task Pieces_come_out_of_the_bargain_s_own_stock_and_what_is_left_goes_home_at_its_end()
    {
        var skuId = await api.Product(stock: 10);
        var id = await api.PublishBargain(api.Bargain(skuId, mode: "buyAnyTime", pieces: 4));
        var owner = await shared.Newcomer();
        var order = (await (await owner.OrderAttempt(await owner.Attempt(id))).Json()).Text("orderId");
        api.Sandbox.Pay.Pay(await owner.Paying(order));
        await OrderSteps.Tell(api);
        Assert.Equal((6, 0), await api.StockOf(skuId));

        (await api.MoveActivity(id, "ended")).EnsureSuccessStatusCode();
        api.Clock.Advance(TimeSpan.FromMinutes(3));
        await api.Fire("CloseActivities");
        await api.Deliver();

        Assert.Equal((9, 0), await api.StockOf(skuId));
    }

    private async Task<(Phone Owner, string AttemptId)> Begun(
        string mode = "floorOnly", int cuts = 2, int hours = 24)
    {
        var owner = await api.LogIn(ownerName);
        var body = api.Bargain(await api.Product(), cuts, mode).With("hours", hours);
        return (owner, await owner.Attempt(await api.PublishBargain(body)));
    }

    private async Task HelpTo(string attemptId, int cuts)
    {
        for (var i = 0; i < cuts; i++)
            (await (await shared.Newcomer()).Help(attemptId)).EnsureSuccessStatusCode();
    }
}
