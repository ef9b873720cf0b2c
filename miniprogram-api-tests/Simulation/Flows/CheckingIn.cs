namespace Pond.Tests.Simulation.Flows;

/// <summary>
/// Checking in, once a day: it counts once, however often the phone asks, and nobody is told no for what they have just
/// done.
/// </summary>
internal sealed class CheckingIn : Flow
{
    private const int NewcomersMax = 4;

    private readonly Dictionary<SimulatedPhone, Possible<int>> timesBy = [];
    private readonly List<Reply> onlyCalls = [];
    private int newcomers;

    // Who has checked in already hears "done today", and that is soon said: so others come along for whom it is new.
    public override Task Visit(World world, SimulatedPhone phone) => Task.WhenAll(
        Enumerable.Range(0, world.Chance.Below(NewcomersMax + 1))
            .Select(_ => CheckInOnce(new SimulatedPhone(world, $"newcomer-{newcomers++}")))
            .Prepend(CheckIn(phone)));

    public override async Task Look(World world)
    {
        Assert.All(onlyCalls, reply => Assert.DoesNotContain(
            reply.Heard, heard => heard.Code == "check_in.done_today"));
        foreach (var (phone, times) in timesBy.Where(one => one.Key.MemberId.Length > 0))
        {
            var entries = (await phone.Get("/api/me/points/entries?limit=100")).Body.Items();
            var count = entries.Count(entry => entry.Text("causeKind") == "checkIn");
            times.See(possible => possible == count, $"{count} check-ins of {phone.Name}");
        }
    }

    private async Task CheckInOnce(SimulatedPhone newcomer) => onlyCalls.Add(await CheckIn(newcomer));

    private async Task<Reply> CheckIn(SimulatedPhone phone)
    {
        if (!timesBy.TryGetValue(phone, out var times)) timesBy[phone] = times = new(0);
        var reply = await phone.Post("/api/me/check-ins");
        if (reply.IsRefused)
        {
            Assert.Equal("check_in.done_today", reply.Code);
            times.See(count => count == 1, "done today"); // by another call than this one
        }

        times.Apply(reply, count => count + 1);
        times.See(count => count <= 1, "a second time");
        return reply;
    }
}
