namespace Pond.Tests.Simulation.Flows;

/// <summary>Coupons whose time ends in the midst of it: who was told that it was over has none, whatever lands late.</summary>
internal sealed class ClaimingAtTheEnd : Flow
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromMinutes(12);

    private static readonly string[] OutOfTime = ["coupon.closed", "coupon.not_open"]; // by a clock that is wrong

    private readonly Dictionary<SimulatedPhone, List<Reply>> claimsBy = [];
    private string templateId = "";

    public override async Task Open(World world)
    {
        var template = Some.Template(stock: 100, perMember: 1);
        template["claimUntil"] = world.Scheduler.GetUtcNow() + OpenFor;
        templateId = await Shop.PublishTemplate(world, template);
    }

    public override async Task Visit(World world, SimulatedPhone phone)
    {
        if (!claimsBy.TryGetValue(phone, out var claims)) claimsBy[phone] = claims = [];
        claims.Add(await phone.Post($"/api/coupons/{templateId}/claims"));
    }

    public override Task Look(World world)
    {
        foreach (var (phone, claims) in claimsBy)
        {
            var has = Shop.CouponsOf(world, phone, templateId).Count();
            var told = claims.Count(claim => claim.IsSuccess);
            Assert.InRange(has, told, told + claims.Count(claim => claim.IsOpen));
            Assert.All(claims.Where(claim => claim.IsRefused), claim => Assert.Contains(
                claim.Code, has == 0 ? OutOfTime : [.. OutOfTime, "coupon.limit_reached"]));
        }

        return Task.CompletedTask;
    }
}
