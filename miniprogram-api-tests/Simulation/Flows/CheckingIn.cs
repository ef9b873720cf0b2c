namespace Pond.Tests.Simulation.Flows;

/// <summary>Checking in, once a day: it counts once, however often the phone asks.</summary>
internal sealed class CheckingIn : Flow
{
    private readonly Dictionary<SimulatedPhone, Possible<int>> timesBy = [];

    public override async Task Visit(World world, SimulatedPhone phone)
    {
        if (!timesBy.TryGetValue(phone, out var times)) timesBy[phone] = times = new(0);
        var reply = await phone.Post("/api/me/check-ins");
        times.Apply(reply, count => count + 1);
        times.See(count => count <= 1, "a second time");
        if (!reply.IsRefused) return;
        Assert.Equal("check_in.done_today", reply.Code);
        times.See(count => count == 1, "done today");
    }

    public override async Task Look(World world)
    {
        foreach (var (phone, times) in timesBy)
        {
            var entries = (await phone.Get("/api/me/points/entries?limit=100")).Body.Items();
            var count = entries.Count(entry => entry.Text("causeKind") == "checkIn");
            times.See(possible => possible == count, $"{count} check-ins of {phone.Name}");
        }
    }
}
