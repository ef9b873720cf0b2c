namespace Pond.Tests.Simulation.Flows;

/// <summary>An operator gives a shopper points, or takes some: each act once, and never more than there are.</summary>
internal sealed class ReceivingPoints : Flow
{
    private const int PointsMax = 200;

    private static readonly string[] Refusals = ["points.insufficient", "points.in_debt"];

    private readonly Dictionary<SimulatedPhone, Possible<long>> givenTo = [];

    public override async Task Visit(World world, SimulatedPhone phone)
    {
        if (phone.MemberId.Length == 0 && !await phone.LogIn()) return;
        if (!givenTo.TryGetValue(phone, out var given)) givenTo[phone] = given = new(0);
        var points = 1 + world.Chance.Below(PointsMax);
        if (world.Chance.Below(3) == 0) points = -points;
        var reply = await world.Owner.Post(
            "/api/operator/points-adjustments", new { memberId = phone.MemberId, points, reason = "模拟" });
        given.Apply(reply, sum => sum + points);
        if (reply.IsRefused) Assert.Contains(reply.Code, Refusals);
        if (reply.IsSuccess) Assert.Equal(points, reply.Body.Whole("points"));
    }

    public override async Task Look(World world)
    {
        foreach (var (phone, given) in givenTo)
        {
            var entries = (await phone.Get("/api/me/points/entries?limit=100")).Body.Items();
            var sum = entries.Where(entry => entry.Text("causeKind") == "adjustment").Sum(entry => entry.Whole("points"));
            given.See(possible => possible == sum, $"{sum} points given to {phone.Name}");
        }
    }
}
