using System.Text.Json;

namespace Pond.Tests.Simulation.Flows;

/// <summary>
/// Looking around, as shoppers mostly do: the home page asks for many things at once. Whatever fails behind it, what
/// was seen once does not go away again, and never goes back.
/// </summary>
internal sealed class Browsing : Flow
{
    private const int PagesMax = 12;

    private static readonly TimeSpan ReadingMax = TimeSpan.FromSeconds(20);

    private static readonly string[] EndStates = ["cancelled", "refunded"];

    private readonly Dictionary<SimulatedPhone, Seen> seenBy = [];

    public override int Weight => 35;

    public override async Task Visit(World world, SimulatedPhone phone)
    {
        if (phone.MemberId.Length == 0 && !await phone.LogIn()) return;
        if (!seenBy.TryGetValue(phone, out var seen)) seenBy[phone] = seen = new();
        for (var page = world.Chance.Below(PagesMax); page >= 0; page--)
        {
            await LookAround(phone, seen);
            await world.Pause(world.Chance.Between(TimeSpan.Zero, ReadingMax));
        }
    }

    public override async Task Look(World world)
    {
        foreach (var (phone, seen) in seenBy) await LookAround(phone, seen);
    }

    private static async Task LookAround(SimulatedPhone phone, Seen seen)
    {
        string[] paths =
        [
            "/api/me", "/api/products", "/api/coupons", "/api/flash-sales", "/api/group-buys", "/api/bargains",
            "/api/leaderboards", "/api/me/coupons", "/api/me/points", "/api/me/check-ins", "/api/me/tier",
            "/api/me/honours", "/api/me/referrals", "/api/me/subscriptions", "/api/me/points/entries?limit=100",
            "/api/me/orders?limit=100",
        ];
        var replies = await Task.WhenAll(paths.Select(phone.Get));
        Assert.All(replies, reply => Assert.True(reply.IsSuccess || reply.IsUnknown, $"{reply.Status} {reply.Code}"));
        if (replies[0].IsSuccess) Assert.Equal(phone.MemberId, replies[0].Body.Text("memberId"));
        if (replies[^2].IsSuccess) SeeLedger(replies[^2].Body.Items(), seen);
        if (replies[^1].IsSuccess) SeeOrders(replies[^1].Body.Items(), seen);
    }

    // The newest first: no line is missing, and each goes on from the one before it.
    private static void SeeLedger(JsonElement[] entries, Seen seen)
    {
        if (entries.Length == 0)
        {
            Assert.Equal(0, seen.LastSeq);
            return;
        }

        Assert.True(entries[0].Whole("seq") >= seen.LastSeq, $"line {seen.LastSeq} was there already");
        seen.LastSeq = entries[0].Whole("seq");
        foreach (var (after, before) in entries.Zip(entries.Skip(1)))
        {
            Assert.Equal(before.Whole("seq") + 1, after.Whole("seq"));
            Assert.Equal(before.Whole("afterPoints") + after.Whole("points"), after.Whole("afterPoints"));
        }
    }

    private static void SeeOrders(JsonElement[] orders, Seen seen)
    {
        var stateBy = orders.ToDictionary(order => order.Text("orderId"), order => order.Text("state"));
        foreach (var (orderId, before) in seen.Orders)
        {
            Assert.True(stateBy.TryGetValue(orderId, out var now), $"{orderId} was there already");
            if (EndStates.Contains(before)) Assert.Equal(before, now);
        }

        seen.Orders = stateBy;
    }

    private sealed class Seen
    {
        public long LastSeq { get; set; }

        public Dictionary<string, string> Orders { get; set; } = [];
    }
}
