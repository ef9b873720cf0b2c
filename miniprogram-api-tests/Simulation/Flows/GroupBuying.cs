using Pond.Activities;
using Pond.GroupBuys;
using Pond.Members;
using Pond.Orders;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Products;
using Pond.Tests.Processes;

namespace Pond.Tests.Simulation.Flows;

/// <summary>
/// Starting groups and joining those of others, paying at once, late or never, leaving again, in a group-buy that
/// matches, in one with steps, and in one that ends meanwhile: every paid order has a seat of a group that succeeded, or
/// its money is back.
/// </summary>
internal sealed class GroupBuying : Flow
{
    private const int Stock = 60;
    private const int Pieces = 18;
    private const int OrdersPerMember = 3;
    private const int GroupMinutes = 10;
    private const int SeatMinutes = 5;
    private const long ListFen = 3_000;
    private const long PriceFen = 2_000;

    private static readonly TimeSpan ShortActivity = TimeSpan.FromMinutes(7);

    private readonly Dictionary<SimulatedPhone, SimulatedPhone> buyers = [];
    private readonly List<(SimulatedPhone Buyer, string Path, string Key, string OrderId)> told = [];
    private readonly List<(string ActivityId, string GroupId)> groups = [];
    private string skuId = "";
    private string[] activityIds = [];

    public override int Weight => 18;

    public override async Task Open(World world)
    {
        skuId = await Shop.Sell(world, "group-tea", ListFen, Stock, shards: 1);
        activityIds =
        [
            await Publish(world, hasMatching: true, isShort: false, (2, 0)),
            await Publish(world, hasMatching: false, isShort: false, (2, 0), (3, 500)),
            await Publish(world, hasMatching: true, isShort: true, (3, 0)),
        ];
    }

    public override async Task Visit(World world, SimulatedPhone phone)
    {
        if (!buyers.TryGetValue(phone, out var buyer))
            buyers[phone] = buyer = new SimulatedPhone(world, $"group-buyer-{buyers.Count}");
        var isJoining = groups.Count > 0 && world.Chance.Below(3) > 0;
        var (activityId, groupId) = isJoining ? world.Chance.OneOf(groups) : (world.Chance.OneOf(activityIds), "");
        var path = isJoining ? $"/api/groups/{groupId}/members" : $"/api/group-buys/{activityId}/groups";
        var key = buyer.NewKey();
        var placed = await buyer.Send("POST", path, new { skuId, quantity = 1 }, key);
        if (!placed.IsSuccess) return;

        var (orderId, subjectId) = (placed.Body.Text("orderId"), placed.Body.Text("subjectId"));
        told.Add((buyer, path, key, orderId));
        if (!isJoining) groups.Add((activityId, subjectId));
        await GoOn(world, buyer, orderId, subjectId);
    }

    public override async Task Look(World world)
    {
        var rows = world.StoredRows();
        var orders = Of<Order>(rows, "m:", OrderRows.Prefix + ":").Where(order => order.Deal?.Kind is ActivityKind.GroupBuy)
            .ToArray();
        var all = Of<Group>(rows, "g:", GroupRows.Head).ToDictionary(group => group.Id);
        var paid = Of<Seat>(rows, "g:", "seat:").Where(seat => seat.State is SeatState.Paid).ToLookup(seat => seat.OrderId);
        Assert.All(all.Values, group => Assert.NotEqual(GroupState.Forming, group.State));
        foreach (var order in orders) LookAtOrder(order, [.. paid[order.Id]], all);
        LookAtStock(rows, orders);
        foreach (var (buyer, path, key, orderId) in told)
        {
            Assert.Contains(orders, order => order.Id == orderId);
            var again = await buyer.Send("POST", path, new { skuId, quantity = 1 }, key);
            Assert.True(again.IsSuccess, $"{buyer.Name} asks again for {orderId}: {again.Status} {again.Code}");
            Assert.Equal(orderId, again.Body.Text("orderId"));
        }
    }

    private async Task<string> Publish(
        World world, bool hasMatching, bool isShort, params (int Size, int OffFen)[] steps)
    {
        var now = world.Scheduler.GetUtcNow();
        var drafted = await world.Owner.Post("/api/operator/group-buys", new
        {
            name = "好友拼茶",
            startsAt = now.AddHours(-1),
            endsAt = isShort ? now + ShortActivity : now.AddDays(2),
            goods = new[] { new { skuId, pieces = Pieces, priceFen = PriceFen } },
            steps = steps.Select(step => new { size = step.Size, offFen = step.OffFen }),
            groupMinutes = GroupMinutes,
            seatMinutes = SeatMinutes,
            ordersPerMemberMax = OrdersPerMember,
            hasMatching,
        });
        var id = drafted.Body.Text("activityId");
        Assert.True((await world.Owner.Put($"/api/operator/activities/{id}/state", new { state = "published" })).IsSuccess);
        return id;
    }

    // Most pay soon, some when their seat or the group is another's, some cancel, some leave what they have paid for.
    private static async Task GoOn(World world, SimulatedPhone buyer, string orderId, string groupId)
    {
        var mind = world.Chance.Below(10);
        if (mind == 0) return;
        if (mind == 1)
        {
            await buyer.Post($"/api/orders/{orderId}/cancellation", new { });
            return;
        }

        var paying = await buyer.Post($"/api/orders/{orderId}/payment");
        if (mind is 2 or 3 or 4) await world.Pause(world.Chance.Between(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(12)));
        Thumb.Pay(world, buyer, paying);
        if (mind is not (5 or 6)) return;
        await world.Pause(world.Chance.Between(TimeSpan.Zero, TimeSpan.FromMinutes(2)));
        await buyer.Post($"/api/groups/{groupId}/departure");
    }

    /// <summary>I17: what is paid has one seat, of a group that succeeded, or all of it is back; never both.</summary>
    private static void LookAtOrder(Order order, Seat[] seats, Dictionary<string, Group> all)
    {
        var succeeded = seats.Where(seat => seat.MemberId == order.MemberId)
            .Count(_ => all[order.Deal!.SubjectId].State is GroupState.Succeeded);
        switch (order.State)
        {
            case OrderState.Cancelled:
                Assert.Empty(seats);
                break;
            case OrderState.Refunded:
                Assert.Equal(DealState.Failed, order.Deal!.State);
                Assert.Equal(0, succeeded);
                Assert.Equal(order.Payment!.AmountFen, order.RefundedFen());
                break;
            case OrderState.Paid when order.Deal!.State is DealState.Failed: // WeChat cannot pay it back: a person will
                Assert.Equal(0, succeeded);
                Assert.Contains(order.Refunds, refund => refund.State is RefundState.Refunding);
                break;
            default:
                Assert.Equal((OrderState.Paid, DealState.Fulfilled), (order.State, order.Deal!.State));
                Assert.Equal((1, 1), (seats.Length, succeeded));
                var off = all[order.Deal.SubjectId].Terms.OffFen(seats.Length);
                Assert.InRange(order.Cart.PayableFen(), PriceFen - 500, PriceFen - off);
                break;
        }
    }

    private void LookAtStock(StoredRow[] rows, Order[] orders)
    {
        var own = activityIds.Select(id => $"{id}.{skuId}").Prepend(skuId)
            .Select(stock => StockRows.Partition(stock, shard: 0)).ToHashSet();
        var heads = rows.Where(row => own.Contains(row.Partition) && row.Key == StockRows.Head)
            .Select(row => Stored.Read<StockShard>(row.Data)).ToArray();
        Assert.Equal(0, heads.Sum(head => head.Reserved));
        Assert.Equal(Stock - orders.Count(order => order.State is OrderState.Paid), heads.Sum(head => head.OnHand));
    }

    private static IEnumerable<T> Of<T>(StoredRow[] rows, string partition, string key) => rows
        .Where(row => row.Partition.StartsWith(partition, StringComparison.Ordinal) && row.Key.StartsWith(key, StringComparison.Ordinal))
        .Select(row => Stored.Read<T>(row.Data));
}
