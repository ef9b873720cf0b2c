using Pond.Leaderboards;
using Pond.Orders;
using Pond.Platform;
using Pond.Points;
using Pond.Referrals;

namespace Pond.Tests.Simulation.Flows;

/// <summary>
/// Friends who come by an invitation, buy, and give some of it back: both sides have exactly the reward that the money
/// left is worth, once, and each friend who is rewarded counts once on the leaderboard.
/// </summary>
internal sealed class BringingFriends : Flow
{
    private const int Referrers = 3;
    private const long ReferrerPoints = 200;
    private const long FriendPoints = 99;
    private const long PriceFen = 2_000;
    private const int Stock = 200;

    private string[] codes = [];
    private string skuId = "";
    private int friends;

    public override int Weight => 10;

    public override async Task Open(World world)
    {
        skuId = await Shop.Sell(world, "friends-tea", PriceFen, Stock, shards: 1);
        var set = await world.Owner.Put("/api/operator/referral-programme", new
        {
            version = 0,
            isOn = true,
            forReferrer = new { points = ReferrerPoints, growth = 7 },
            forFriend = new { points = FriendPoints },
            qualifyDays = 30,
            waitDays = 0,
            friendsPerHourMax = 100,
            reason = "模拟",
        });
        Assert.True(set.IsSuccess, $"{set.Status} {set.Body}");
        var board = await world.Owner.Post("/api/operator/leaderboards", new
        {
            name = "推荐榜",
            startsAt = world.Scheduler.GetUtcNow().AddHours(-1), // clocks may be slow
            endsAt = world.Scheduler.GetUtcNow().AddDays(30),
            reviewDays = 0,
            prizes = new[] { new { fromPlace = 1, toPlace = 3, points = 10 } },
        });
        Assert.True(board.IsSuccess, $"{board.Status} {board.Body}");
        codes = new string[Referrers];
        for (var number = 0; number < Referrers; number++)
        {
            var referrer = new SimulatedPhone(world, $"referrer-{number}");
            codes[number] = (await referrer.Post("/api/me/invite")).Body.Text("code");
        }
    }

    public override async Task Visit(World world, SimulatedPhone phone)
    {
        var friend = new SimulatedPhone(world, $"friend-{friends++}") { InviteCode = world.Chance.OneOf(codes) };
        var lines = new[] { new { skuId, quantity = 1 + world.Chance.Below(3) } };
        var quote = await friend.Post("/api/quotes", new { lines });
        if (!quote.IsSuccess) return;
        var placed = await friend.Post("/api/orders", new { lines, quoteToken = quote.Body.Text("token") });
        if (!placed.IsSuccess) return;

        var orderId = placed.Body.Text("orderId");
        Thumb.Pay(world, friend, await friend.Post($"/api/orders/{orderId}/payment"));
        if (world.Chance.Below(2) == 0) await world.Pause(world.Chance.Between(TimeSpan.Zero, TimeSpan.FromMinutes(3)));
        for (var times = world.Chance.Below(3); times > 0; times--)
        {
            await world.Owner.Post($"/api/operator/orders/{orderId}/refunds", new
            {
                lines = new[] { new { lineNumber = 1, quantity = 1 } },
                reason = "少发一件",
            });
        }
    }

    public override Task Look(World world)
    {
        var rows = world.StoredRows();
        var orders = rows.Where(row => row.Key.StartsWith($"{OrderRows.Prefix}:", StringComparison.Ordinal)
                && row.Partition.StartsWith("m:", StringComparison.Ordinal))
            .Select(row => Stored.Read<Order>(row.Data)).ToLookup(order => order.MemberId);
        var entries = rows.Where(row => row.Partition.StartsWith("m:", StringComparison.Ordinal)
                && row.Key.StartsWith($"{PointsRows.EntryPrefix}:", StringComparison.Ordinal))
            .Select(row => (row.Partition, Entry: Stored.Read<Entry>(row.Data))).ToArray();
        var all = rows.Where(row => row.Partition.StartsWith("rf:", StringComparison.Ordinal)
                && row.Key.StartsWith($"{ReferralRows.FriendPrefix}:", StringComparison.Ordinal))
            .Select(row => Stored.Read<Friend>(row.Data)).ToArray();
        Assert.Distinct(all.Select(friend => friend.MemberId));
        foreach (var friend in all)
        {
            var kept = orders[friend.MemberId].Where(order => order.Payment is not null)
                .Select(order => (Left: Left(order), Whole: order.Cart.GoodsPayFen())).SingleOrDefault();
            Assert.Equal(kept.Left > 0 ? FriendState.Rewarded : friend.State, friend.State);
            if (friend.Payouts.Count == 0) Assert.Equal(0, kept.Left);
            foreach (var payout in friend.Payouts)
            {
                var id = $"{friend.ReferralId}-{payout.Side}";
                var booked = entries.Where(one => one.Entry.Cause.Id == id
                    || one.Entry.Cause.Id.StartsWith($"{Cause.Referral}.{id}.", StringComparison.Ordinal));
                Assert.Equal(
                    (Int128)payout.Reward.Points * kept.Left / kept.Whole, booked.Sum(one => one.Entry.Points));
            }
        }

        var ranked = rows.Where(row => row.Partition.StartsWith("lb:", StringComparison.Ordinal)
                && row.Key.StartsWith("score:", StringComparison.Ordinal))
            .Select(row => Stored.Read<Score>(row.Data)).Where(score => score.Friends > 0)
            .Select(score => (score.SharerId, score.Friends));
        var rewarded = all.Where(friend => friend.State is FriendState.Rewarded).CountBy(friend => friend.SharerId)
            .Select(one => (one.Key, one.Value));
        Assert.Equal(rewarded.Order(), ranked.Order());
        return Task.CompletedTask;
    }

    private static long Left(Order order) => order.Cart.GoodsPayFen() - order.Refunds
        .Where(refund => refund.State is RefundState.Refunded).Sum(refund => refund.AmountFen - refund.FreightFen);
}
