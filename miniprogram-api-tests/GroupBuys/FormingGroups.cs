using System.Net;
using Pond.Tests.Orders;
using Pond.Tests.Payments;
using Pond.Tests.Points;

namespace Pond.Tests.GroupBuys;

/// <summary>GRP-01, GRP-02: people come together, seat by seat.</summary>
[Rule("GRP-02")]
public sealed class FormingGroups(OrderApp app) : IClassFixture<OrderApp>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact]
    [Rule("GRP-01")]
    public async Task Three_who_pay_are_a_group_and_only_then_anything_is_sent()
    {
        var buy = await api.GroupBuy();
        var (leader, second, third) = (await app.Newcomer(), await app.Newcomer(), await app.Newcomer());

        var (groupId, first) = await leader.Led(buy);
        await second.Joined(groupId, buy);

        var group = await second.Group(groupId);
        Assert.Equal(("forming", 2, 1), (group.Text("state"), group.Whole("paidSeats"), group.Whole("freeSeats")));
        var early = await api.Ship(first);
        Assert.Equal((HttpStatusCode.Conflict, "deal.not_to_send"), (early.StatusCode, await early.Code()));

        await third.Joined(groupId, buy);

        Assert.Equal("succeeded", await leader.GroupState(groupId));
        Assert.Equal(("paid", "fulfilled"), (await leader.OrderState(first), await leader.DealState(first)));
        Assert.Equal(HttpStatusCode.Created, (await api.Ship(first)).StatusCode);
    }

    [Fact]
    public async Task A_group_s_order_has_the_group_s_price_and_stock_and_brings_points_once_the_group_is_whole()
    {
        var buy = await api.GroupBuy(pieces: 5);
        var (leader, second) = (await app.Newcomer(), await app.Newcomer());
        var (groupId, orderId) = await leader.Led(buy);

        Assert.Equal(3_000, (await leader.Order(orderId)).Whole("paidFen"));
        Assert.Equal((10, 0), await api.StockOf(buy.SkuId)); // five are the activity's
        Assert.Equal(0, await leader.SpendablePoints());

        await second.Joined(groupId, buy);
        await (await app.Newcomer()).Joined(groupId, buy);

        Assert.Equal(30, await leader.SpendablePoints());
    }

    [Fact]
    public async Task Nobody_joins_before_the_leader_has_paid_nor_a_full_group_nor_twice()
    {
        var buy = await api.GroupBuy(steps: (2, 0));
        var (leader, second, third) = (await app.Newcomer(), await app.Newcomer(), await app.Newcomer());
        var (groupId, orderId) = await leader.Start(buy);

        await second.IsRefused(await second.TryJoin(groupId, buy), "group.not_started");
        await leader.PayFor(orderId);
        await leader.IsRefused(await leader.TryJoin(groupId, buy), "group.already_in");
        await second.Join(groupId, buy);
        await third.IsRefused(await third.TryJoin(groupId, buy), "group.full");
    }

    [Fact]
    public async Task A_seat_that_nobody_pays_in_time_is_another_s()
    {
        var buy = await api.GroupBuy(steps: (2, 0));
        var (leader, slow, quick) = (await app.Newcomer(), await app.Newcomer(), await app.Newcomer());
        var (groupId, _) = await leader.Led(buy);
        await slow.Join(groupId, buy);

        api.LetSeatsLapse();
        await quick.Joined(groupId, buy);

        Assert.Equal("succeeded", await quick.GroupState(groupId));
    }

    [Fact]
    public async Task A_cancelled_order_frees_its_seat_and_an_empty_group_is_cancelled()
    {
        var buy = await api.GroupBuy(steps: (2, 0));
        var (leader, second) = (await app.Newcomer(), await app.Newcomer());
        var (alone, mine) = await leader.Start(buy);
        await leader.Cancel(mine);
        await api.Deliver();
        Assert.Equal("cancelled", await leader.GroupState(alone));

        var (groupId, _) = await leader.Led(buy);
        await second.Cancel(await second.Join(groupId, buy));
        await api.Deliver();

        Assert.Equal(1, (await leader.Group(groupId)).Whole("freeSeats"));
        await second.Joined(groupId, buy);
    }

    [Fact]
    public async Task The_same_call_again_has_the_same_group_and_order()
    {
        var buy = await api.GroupBuy();
        var (leader, key) = (await app.Newcomer(), Phone.NewKey());

        var first = await (await leader.TryStart(buy, key: key)).Json();
        var again = await (await leader.TryStart(buy, key: key)).Json();

        Assert.Equal(
            (first.Text("orderId"), first.Text("subjectId")), (again.Text("orderId"), again.Text("subjectId")));
    }

    [Fact]
    [Rule("GRP-01")]
    public async Task Limits_of_pieces_and_of_orders_hold_and_what_was_given_up_does_not_count()
    {
        var buy = await api.GroupBuy();
        var phone = await app.Newcomer();

        await phone.IsRefused(await phone.TryStart(buy, quantity: 2), "group_buy.too_many_pieces");
        var (_, orderId) = await phone.Start(buy);
        await phone.IsRefused(await phone.TryStart(buy), "group_buy.member_limit");
        await phone.Cancel(orderId);
        await api.Deliver();
        await phone.Start(buy);
    }

    [Fact]
    [Rule("GRP-01")]
    public async Task A_group_that_has_begun_goes_on_when_its_activity_is_ended_and_no_new_one_begins()
    {
        var buy = await api.GroupBuy(steps: (2, 0));
        var (leader, second) = (await app.Newcomer(), await app.Newcomer());
        var (groupId, _) = await leader.Led(buy);
        await api.Operator().Put($"/api/operator/activities/{buy.ActivityId}/state", new { state = "ended" });

        await second.IsRefused(await second.TryStart(buy), "activity.over");
        await second.Joined(groupId, buy);

        Assert.Equal("succeeded", await leader.GroupState(groupId));
    }

    [Fact]
    [Rule("GRP-05")]
    public async Task A_leader_pays_the_leader_s_price_and_a_newcomer_a_newcomer_s()
    {
        var buy = await api.GroupBuy(body => body["goods"] = new[]
        {
            new { skuId = SkuOf(body), pieces = 10, priceFen = 3_000, leaderFen = 2_500, newcomerFen = 2_800 },
        });
        var (leader, old, fresh) = (await app.Newcomer(), await app.Newcomer(), await app.Newcomer());
        await old.Bought(new Wish(await api.Product()));

        var (groupId, first) = await leader.Led(buy);
        var second = await old.Joined(groupId, buy);
        var third = await fresh.Joined(groupId, buy);

        Assert.Equal(2_500, (await leader.Order(first)).Whole("paidFen"));
        Assert.Equal(3_000, (await old.Order(second)).Whole("paidFen"));
        Assert.Equal(2_800, (await fresh.Order(third)).Whole("paidFen"));
    }

    [Fact]
    [Rule("GRP-04")]
    public async Task Where_newcomers_alone_may_join_whoever_has_bought_may_start_and_is_looked_at_again_when_paying()
    {
        var buy = await api.GroupBuy(body => body["joiners"] = "newcomers");
        var (leader, fresh) = (await app.Newcomer(), await app.Newcomer());
        await leader.Bought(new Wish(await api.Product()));
        var (groupId, _) = await leader.Led(buy);

        var old = await app.Newcomer();
        await old.Bought(new Wish(await api.Product()));
        await old.IsRefused(await old.TryJoin(groupId, buy), "group.newcomers_only");

        var held = await fresh.Join(groupId, buy);
        await fresh.Bought(new Wish(await api.Product())); // not new any more
        await fresh.PayFor(held);
        await api.PayBack();

        Assert.Equal(("refunded", "failed"), (await fresh.OrderState(held), await fresh.DealState(held)));
        Assert.Equal(1, (await leader.Group(groupId)).Whole("paidSeats"));
    }

    [Fact]
    [Rule("GRP-10")]
    public async Task Groups_that_lack_the_fewest_are_shown_first_by_masked_names_and_never_the_viewer_s_own()
    {
        var buy = await api.GroupBuy(body => body["ordersPerMemberMax"] = 5);
        var (one, two, viewer) = (await app.Newcomer(), await app.Newcomer(), await app.Newcomer());
        await two.Put("/api/me", new { nickname = "茶小姐" });
        await one.Led(buy);
        var (nearer, _) = await two.Led(buy);
        await (await app.Newcomer()).Joined(nearer, buy);
        await viewer.Led(buy);

        var seen = await (await viewer.Get($"/api/group-buys/{buy.ActivityId}")).Json();

        var groups = seen.GetProperty("groups").EnumerateArray().ToArray();
        Assert.Equal([1, 2], groups.Select(group => (int)group.Whole("missing")));
        Assert.Equal("茶*", groups[0].Text("leaderName"));
        Assert.DoesNotContain("茶小姐", seen.ToString());
    }

    private static string SkuOf(Dictionary<string, object?> body) =>
        System.Text.Json.JsonSerializer.SerializeToElement(((IEnumerable<object>)body["goods"]!).First()).Text("skuId");
}
