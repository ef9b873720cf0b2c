namespace Pond.Tests.Simulation.Flows;

/// <summary>
/// Coupons whose time is over in the moment in which they are claimed: who was told that it was over has none, whatever
/// lands late, and nobody is told that they have one already for the very claim that got it.
/// </summary>
internal sealed class ClaimingAtTheEnd : Flow
{
    private const int Templates = 6;
    private const int Friends = 9;
    private const int TapsMax = 4;
    private const int Shards = 4; // a claim that lands late does so where nobody else has claimed meanwhile

    private static readonly TimeSpan OpenFor = TimeSpan.FromMinutes(2.5);

    /// <summary>From a phone's tap to the first decision, and to the next one after a lost answer.</summary>
    private static readonly TimeSpan BeforeTheEndMin = TimeSpan.FromMilliseconds(40);

    private static readonly TimeSpan BeforeTheEndMax = TimeSpan.FromMilliseconds(180);

    private static readonly string[] OutOfTime = ["coupon.closed", "coupon.not_open"]; // by a clock that is wrong

    private readonly List<(string Id, DateTimeOffset Until)> templates = [];
    private readonly Dictionary<(SimulatedPhone Phone, string TemplateId), List<Reply>> claimsBy = [];
    private int friends;

    public override int Weight => 24;

    public override async Task Open(World world)
    {
        var opensAt = world.Scheduler.GetUtcNow();
        for (var number = 1; number <= Templates; number++)
        {
            var template = Some.Template(stock: 100, perMember: 1, Shards);
            template["claimUntil"] = opensAt + (OpenFor * number);
            templates.Add((await Shop.PublishTemplate(world, template), opensAt + (OpenFor * number)));
        }
    }

    public override Task Visit(World world, SimulatedPhone phone) => Task.WhenAll(
        Enumerable.Range(0, Friends).Select(_ => new SimulatedPhone(world, $"friend-{friends++}")).Prepend(phone)
            .Select(one => Claim(world, one)));

    private async Task Claim(World world, SimulatedPhone phone)
    {
        if (phone.MemberId.Length == 0 && !await phone.LogIn()) return;
        var now = world.Scheduler.GetUtcNow();
        var (templateId, until) = templates.Find(template => template.Until > now + BeforeTheEndMax);
        if (templateId is null) return;
        var times = world.Chance.Below(3) == 0 ? TapsMax : 1; // an impatient thumb, at any time; or one tap at the end
        if (times == 1) await world.Pause(until - now - world.Chance.Between(BeforeTheEndMin, BeforeTheEndMax));
        if (!claimsBy.TryGetValue((phone, templateId), out var claims)) claimsBy[(phone, templateId)] = claims = [];
        claims.AddRange(await Task.WhenAll(
            Enumerable.Range(0, times).Select(_ => phone.Post($"/api/coupons/{templateId}/claims"))));
    }

    public override Task Look(World world)
    {
        foreach (var ((phone, templateId), claims) in claimsBy)
        {
            var has = Shop.CouponsOf(world, phone, templateId).Count();
            var told = claims.Count(claim => claim.IsSuccess);
            Assert.InRange(has, told, Math.Min(1, told + claims.Count(claim => claim.IsOpen)));
            Assert.All(claims.Where(claim => claim.IsRefused), claim => Assert.Contains(
                claim.Code, has == 0 ? OutOfTime : [.. OutOfTime, "coupon.limit_reached"]));
            Assert.All(
                claims.Where(claim => claim.IsSuccess || claims.Count == 1),
                claim => Assert.DoesNotContain(claim.Heard, heard => heard.Code == "coupon.limit_reached"));
        }

        return Task.CompletedTask;
    }
}
