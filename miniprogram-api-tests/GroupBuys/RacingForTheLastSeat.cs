using System.Text.Json;
using Pond.Tests.Members;
using Pond.Tests.Orders;

namespace Pond.Tests.GroupBuys;

/// <summary>GRP-03: many pay at once for one seat.</summary>
public sealed class RacingForTheLastSeat : IAsyncLifetime
{
    private const int Payers = 20;
    private const int Pumps = 8;

    private MiniProgramApi api = null!;

    public async Task InitializeAsync() => api = await MiniProgramApi.Start(new Dictionary<string, string>
    {
        ["Orders:PayMinutes"] = "1440", // so that twenty seats can lapse while their orders can be paid
    });

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Theory, InlineData(true, true), InlineData(false, true), InlineData(false, false)]
    [Rule("GRP-03"), Rule("D07")]
    public async Task Of_twenty_who_pay_for_one_seat_one_gets_it_and_every_other_comes_to_one_end(
        bool hasMatching, bool isOpen)
    {
        var buy = await api.GroupBuy(body => body["hasMatching"] = hasMatching);
        var leader = await api.LogIn("leader");
        var (groupId, _) = await leader.Led(buy);
        await (await api.LogIn("second")).Joined(groupId, buy);
        var payers = await HeldOneAfterTheOther(groupId, buy);
        leader = await api.LogIn("leader");
        if (!isOpen)
            await api.Operator().Put($"/api/operator/activities/{buy.ActivityId}/state", new { state = "ended" });

        foreach (var (_, orderId) in payers) api.Sandbox.Pay.Pay($"{orderId}-01");
        await Task.WhenAll(Enumerable.Range(0, Pumps).Select(_ => Task.Run(() => OrderSteps.Tell(api))));
        for (var round = 0; round < 3; round++) await api.PayBack();

        var group = await leader.Group(groupId);
        Assert.Equal(("succeeded", 3), (group.Text("state"), group.Whole("paidSeats")));
        var ends = await Task.WhenAll(payers.Select(payer => EndOf(payer.Phone, payer.OrderId)));
        Assert.DoesNotContain("none", ends);
        if (!isOpen) Assert.Equal(Payers - 1, ends.Count(end => end == "refunded"));

        // Who is late once more begins a group with a time of its own, and none once the activity is over.
        foreach (var days in new[] { 2, 8 })
        {
            await api.LetGroupsEnd(TimeSpan.FromDays(days));
            for (var round = 0; round < Payers; round++) await api.PayBack();
        }

        payers = [.. await Task.WhenAll(payers.Select(async payer => (await payer.Phone.Refreshed(), payer.OrderId)))];
        ends = await Task.WhenAll(payers.Select(payer => EndOf(payer.Phone, payer.OrderId)));
        Assert.All(ends, end => Assert.Contains(end, new[] { "fulfilled", "refunded" }));
        await AssertBooksEqualWeChat(payers);
    }

    // Each holds the seat for its time; the next takes it, and all of the orders can still be paid.
    private async Task<List<(Phone Phone, string OrderId)>> HeldOneAfterTheOther(string groupId, OpenGroupBuy buy)
    {
        var payers = new List<(Phone Phone, string OrderId)>();
        for (var i = 0; i < Payers; i++)
        {
            var phone = await api.LogIn($"payer-{i}");
            var orderId = await phone.Join(groupId, buy);
            await phone.Paying(orderId);
            payers.Add((phone, orderId));
            api.LetSeatsLapse();
        }

        for (var i = 0; i < Payers; i++) payers[i] = (await api.LogIn($"payer-{i}"), payers[i].OrderId);
        return payers;
    }

    private static async Task<string> EndOf(Phone phone, string orderId)
    {
        var order = await phone.Order(orderId);
        return (order.Text("state"), order.GetProperty("deal").Text("state")) switch
        {
            ("paid", "fulfilled") => "fulfilled",
            ("paid", "open") => "waits",
            ("refunded", "failed") => "refunded",
            _ => "none",
        };
    }

    private async Task AssertBooksEqualWeChat(IEnumerable<(Phone Phone, string OrderId)> payers)
    {
        foreach (var (phone, orderId) in payers)
        {
            var order = await phone.Order(orderId);
            var back = api.Sandbox.Pay.Refunds
                .Where(refund => refund.OutTradeNo.StartsWith(orderId, StringComparison.Ordinal)).Sum(refund => refund.AmountFen);
            Assert.Equal(order.Whole("refundedFen"), back);
            Assert.Equal(order.Text("state") == "refunded" ? GroupSteps.PriceFen : 0, back);
        }
    }
}
