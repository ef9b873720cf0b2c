using Pond.GroupBuys;
using Pond.LocalHost.WeChatSandbox;
using Pond.Tests.Members;
using Pond.Tests.Orders;
using Pond.Tests.Payments;
using Pond.Tests.Points;

namespace Pond.Tests.GroupBuys;

/// <summary>GRP-03, GRP-06 … GRP-09, GRP-11: how groups come to an end, and everybody's money with them.</summary>
public sealed class EndingGroups(OrderApp app) : IClassFixture<OrderApp>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact]
    [Rule("GRP-07"), Rule("D19"), Rule("D35")]
    public async Task Who_has_paid_for_a_group_that_stays_short_gets_their_own_money_back_and_nothing_is_sent()
    {
        var buy = await api.GroupBuy(pieces: 5);
        var (leader, second) = (await app.Newcomer(), await app.Newcomer());
        var (groupId, first) = await leader.Led(buy);
        var other = await second.Joined(groupId, buy);

        await api.LetGroupsEnd();

        (leader, second) = (await leader.Refreshed(), await second.Refreshed());
        Assert.Equal("failed", await leader.GroupState(groupId));
        foreach (var (phone, orderId) in new[] { (leader, first), (second, other) })
        {
            Assert.Equal(("refunded", "failed"), (await phone.OrderState(orderId), await phone.DealState(orderId)));
            Assert.Equal(3_000, (await phone.Order(orderId)).Whole("refundedFen"));
            Assert.Equal("shipment.not_paid", await (await api.Ship(orderId)).Code());
            Assert.Single(api.Sandbox.Pay.Refunds, refund => refund.OutTradeNo.StartsWith(orderId, StringComparison.Ordinal));
            Assert.Equal(0, await phone.SpendablePoints());
        }

        await api.LetActivityEnd();
        Assert.Equal((15, 0), await api.StockOf(buy.SkuId));
    }

    [Fact]
    [Rule("D08")]
    public async Task When_one_of_three_refunds_fails_the_others_are_paid_and_that_one_is_tried_again()
    {
        var buy = await api.GroupBuy(steps: (4, 0));
        Phone[] phones = [await app.Newcomer(), await app.Newcomer(), await app.Newcomer()];
        var (groupId, first) = await phones[0].Led(buy);
        string[] orders = [first, await phones[1].Joined(groupId, buy), await phones[2].Joined(groupId, buy)];
        api.Clock.Advance(TimeSpan.FromDays(1));
        await api.Fire(nameof(EndGroups));

        api.Sandbox.Failures.Add(new Failure(PaymentApp.Refunds, FailureKind.Status));
        for (var round = 0; round < 3; round++) await api.PayBack();

        Assert.Empty(api.Sandbox.Failures.All); // it has struck
        foreach (var (phone, orderId) in phones.Zip(orders))
            Assert.Equal("refunded", await (await phone.Refreshed()).OrderState(orderId));
        Assert.Equal(3, RefundsOf(orders));
    }

    [Fact]
    [Rule("GRP-11")]
    public async Task Who_leaves_a_forming_group_gets_the_money_back_and_the_seat_is_free()
    {
        var buy = await api.GroupBuy();
        var (leader, second, third) = (await app.Newcomer(), await app.Newcomer(), await app.Newcomer());
        var (groupId, _) = await leader.Led(buy);
        var orderId = await second.Joined(groupId, buy);

        Assert.Equal("deal.waits", await (await second.AskBack(orderId)).Code());
        var left = await second.Post($"/api/groups/{groupId}/departure");
        await api.PayBack();

        Assert.True(left.IsSuccessStatusCode, await left.Content.ReadAsStringAsync());
        Assert.Equal("refunded", await second.OrderState(orderId));
        await third.Joined(groupId, buy);
        await second.Joined(groupId, buy); // what was paid back does not count
        Assert.Equal("succeeded", await leader.GroupState(groupId));
    }

    [Fact]
    [Rule("GRP-06"), Rule("D24")]
    public async Task When_the_leader_leaves_who_paid_first_leads_and_the_end_stays()
    {
        var buy = await api.GroupBuy();
        var (leader, second) = (await app.Newcomer(), await app.Newcomer());
        var (groupId, _) = await leader.Led(buy);
        var end = (await leader.Group(groupId)).Text("endsAt");
        api.Clock.Advance(TimeSpan.FromHours(3));
        (leader, second) = (await leader.Refreshed(), await second.Refreshed());
        await second.Joined(groupId, buy);

        await leader.Post($"/api/groups/{groupId}/departure");
        await api.PayBack();

        var group = await second.Group(groupId);
        Assert.Equal((end, "forming"), (group.Text("endsAt"), group.Text("state")));
        var alone = Assert.Single(group.GetProperty("members").EnumerateArray());
        Assert.True(alone.GetProperty("isLeader").GetBoolean() && alone.GetProperty("isMe").GetBoolean());

        await second.Post($"/api/groups/{groupId}/departure");
        await api.PayBack();
        Assert.Equal("cancelled", await second.GroupState(groupId));
    }

    [Fact]
    [Rule("GRP-09")]
    public async Task The_step_that_a_group_has_reached_is_everybody_s_price_and_the_difference_comes_back_once()
    {
        var buy = await api.GroupBuy(steps: [(2, 0), (3, 500), (5, 1_000)]);
        Phone[] phones = [await app.Newcomer(), await app.Newcomer(), await app.Newcomer()];
        var (groupId, first) = await phones[0].Led(buy);
        string[] orders = [first, await phones[1].Joined(groupId, buy), await phones[2].Joined(groupId, buy)];

        await api.LetGroupsEnd();
        for (var i = 0; i < phones.Length; i++) phones[i] = await phones[i].Refreshed();

        foreach (var (phone, orderId) in phones.Zip(orders))
        {
            var order = await phone.Order(orderId);
            Assert.Equal(("paid", 2_500, 500), (order.Text("state"), order.Whole("payableFen"), order.Whole("refundedFen")));
            Assert.Equal(25, await phone.SpendablePoints());
        }

        await phones[0].Refunded(orders[0]);

        Assert.Equal(("refunded", 3_000), (await phones[0].OrderState(orders[0]), (await phones[0].Order(orders[0])).Whole("refundedFen")));
        Assert.Equal(0, await phones[0].SpendablePoints());
        Assert.Equal(2_500, (await phones[1].Order(orders[1])).Whole("payableFen")); // nobody's step is lowered
    }

    [Fact]
    [Rule("GRP-08")]
    public async Task A_group_that_is_nearly_whole_is_filled_where_the_activity_says_so_and_it_shows()
    {
        var buy = await api.GroupBuy(body => body["virtualFillBp"] = 6_000);
        var (leader, second, alone) = (await app.Newcomer(), await app.Newcomer(), await app.Newcomer());
        var (groupId, orderId) = await leader.Led(buy);
        await second.Joined(groupId, buy);
        var (other, _) = await alone.Led(buy);

        await api.LetGroupsEnd();
        (leader, alone) = (await leader.Refreshed(), await alone.Refreshed());

        var group = await leader.Group(groupId);
        Assert.Equal(("succeeded", 2, 1), (group.Text("state"), group.Whole("paidSeats"), group.Whole("virtualSeats")));
        Assert.Equal("fulfilled", await leader.DealState(orderId));
        Assert.Equal("failed", await alone.GroupState(other));
        var seen = await (await alone.Get($"/api/group-buys/{buy.ActivityId}")).Json();
        Assert.Contains(
            seen.GetProperty("groupBuy").GetProperty("rules").EnumerateArray(),
            rule => rule.GetString()!.Contains("补足", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true, "matched")]
    [InlineData(false, true, "new")]
    [InlineData(false, false, "refunded")]
    [Rule("GRP-03"), Rule("D06")]
    public async Task Who_pays_too_late_is_matched_or_starts_a_group_or_gets_the_money_back(
        bool hasMatching, bool isOpen, string end)
    {
        var buy = await api.GroupBuy(body => body["hasMatching"] = hasMatching, steps: (2, 0));
        var (leader, slow, quick, other) =
            (await app.Newcomer(), await app.Newcomer(), await app.Newcomer(), await app.Newcomer());
        var (groupId, _) = await leader.Led(buy);
        var (otherId, _) = await other.Led(buy);
        var late = await slow.Join(groupId, buy);
        api.LetSeatsLapse();
        await quick.Joined(groupId, buy);
        if (!isOpen)
            await api.Operator().Put($"/api/operator/activities/{buy.ActivityId}/state", new { state = "ended" });

        await slow.PayFor(late);
        await api.PayBack();
        (slow, quick, other) = (await slow.Refreshed(), await quick.Refreshed(), await other.Refreshed());

        Assert.Equal("succeeded", await quick.GroupState(groupId));
        Assert.Equal(2, (await quick.Group(groupId)).Whole("paidSeats"));
        Assert.Equal(end == "matched" ? "succeeded" : "forming", await other.GroupState(otherId));
        Assert.Equal(
            end switch { "matched" => ("paid", "fulfilled"), "new" => ("paid", "open"), _ => ("refunded", "failed") },
            (await slow.OrderState(late), await slow.DealState(late)));
        if (end != "new") return;

        await api.LetGroupsEnd();
        Assert.Equal("refunded", await (await slow.Refreshed()).OrderState(late));
    }

    private int RefundsOf(string[] orders) => api.Sandbox.Pay.Refunds.Count(refund =>
        orders.Any(orderId => refund.OutTradeNo.StartsWith(orderId, StringComparison.Ordinal)));
}
