using Pond.Points;

namespace Pond.Tests.Simulation.Flows;

/// <summary>
/// An operator freezes a member in the very moment in which that one gets something: it comes before or not at all, and
/// whoever is thawed may go on.
/// </summary>
internal sealed class FreezingMembers : Flow
{
    private const int Points = 10;
    private const int RoundsMax = 3;

    private static readonly TimeSpan ApartMax = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan FrozenMax = TimeSpan.FromSeconds(20);
    private static readonly string[] Refusals = ["member.frozen", "check_in.done_today"];

    private readonly Dictionary<SimulatedPhone, Possible<(int CheckIns, int Gifts)>> gotBy = [];

    public override async Task Visit(World world, SimulatedPhone phone)
    {
        var customer = new SimulatedPhone(world, $"customer-{gotBy.Count}");
        gotBy[customer] = new((0, 0));
        if (!await customer.LogIn()) return;
        for (var rounds = 1 + world.Chance.Below(RoundsMax); rounds > 0; rounds--)
        {
            await Task.WhenAll(Become(world, customer, "frozen"), CheckIn(world, customer), Give(world, customer));
            await world.Pause(world.Chance.Between(TimeSpan.Zero, FrozenMax));
            await Become(world, customer, "active");
        }
    }

    public override async Task Look(World world)
    {
        foreach (var (customer, got) in gotBy.Where(one => one.Key.MemberId.Length > 0))
        {
            var entries = (await customer.Get("/api/me/points/entries?limit=100")).Body.Items().ToList();
            var (checkIns, gifts) = (CountOf(Cause.CheckIn), CountOf(Cause.Adjustment));
            got.See(possible => possible == (checkIns, gifts), $"{checkIns} check-ins and {gifts} gifts of {customer.Name}");

            int CountOf(string kind) => entries.Count(entry => entry.Text("causeKind") == kind);
        }
    }

    private static async Task Become(World world, SimulatedPhone customer, string status)
    {
        await world.Pause(world.Chance.Between(TimeSpan.Zero, ApartMax));
        await world.Owner.Put($"/api/operator/members/{customer.MemberId}/status", new { status, reason = "刷分" });
    }

    private async Task CheckIn(World world, SimulatedPhone customer)
    {
        await world.Pause(world.Chance.Between(TimeSpan.Zero, ApartMax));
        var reply = await customer.Post("/api/me/check-ins");
        Keep(customer, reply, got => got with { CheckIns = got.CheckIns + 1 });
    }

    private async Task Give(World world, SimulatedPhone customer)
    {
        await world.Pause(world.Chance.Between(TimeSpan.Zero, ApartMax));
        var reply = await world.Owner.Post(
            "/api/operator/points-adjustments",
            new { memberId = customer.MemberId, points = Points, reason = "模拟" });
        Keep(customer, reply, got => got with { Gifts = got.Gifts + 1 });
    }

    private void Keep(
        SimulatedPhone customer, Reply reply, Func<(int CheckIns, int Gifts), (int CheckIns, int Gifts)> change)
    {
        if (reply.IsRefused) Assert.Contains(reply.Code, Refusals);
        if (reply.Code == "check_in.done_today") gotBy[customer].See(got => got.CheckIns == 1, "done by another call");
        gotBy[customer].Apply(reply, change);
        gotBy[customer].See(got => got.CheckIns <= 1, "a second check-in");
    }
}
