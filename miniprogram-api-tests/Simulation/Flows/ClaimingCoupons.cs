namespace Pond.Tests.Simulation.Flows;

/// <summary>Claiming one of few coupons: none too many, none too few, and whoever was told of one has it.</summary>
internal class ClaimingCoupons : Flow
{
    private const int Stock = 5;
    private const int PerMember = 2;
    private const int Shards = 2;

    private readonly Dictionary<SimulatedPhone, List<Reply>> claimsBy = [];
    private string templateId = "";

    public override int Weight => 20;

    public override async Task Open(World world) =>
        templateId = await Shop.PublishTemplate(world, Some.Template(Stock, PerMember, Shards));

    public override Task Visit(World world, SimulatedPhone phone) => Claim(world, phone);

    protected async Task Claim(World world, SimulatedPhone phone)
    {
        if (!claimsBy.TryGetValue(phone, out var claims)) claimsBy[phone] = claims = [];
        var times = 1 + world.Chance.Below(3); // further taps before the first is answered
        claims.AddRange(await Task.WhenAll(
            Enumerable.Range(0, times).Select(_ => phone.Post($"/api/coupons/{templateId}/claims"))));
    }

    public override async Task Look(World world)
    {
        var template = (await world.Owner.Get($"/api/operator/coupon-templates/{templateId}")).Body;
        var (claimed, free) = (template.Whole("claimedCount"), template.Whole("freeCount"));
        Assert.Equal(Stock, claimed + free);
        foreach (var (phone, claims) in claimsBy)
        {
            string[] told = [.. claims.Where(claim => claim.IsSuccess).Select(claim => claim.Body.Text("couponId"))];
            string[] has = [.. Shop.CouponsOf(world, phone, templateId).Select(coupon => coupon.Id)];
            Assert.Distinct(told);
            Assert.All(claims.Where(claim => claim.IsSuccess), claim => Assert.DoesNotContain(
                claim.Heard, heard => heard.Code == "coupon.limit_reached")); // by the very claim that got it
            Assert.All(told, couponId => Assert.Contains(couponId, has));
            Assert.InRange(has.Length, told.Length, Math.Min(PerMember, told.Length + claims.Count(claim => claim.IsOpen)));
            foreach (var refused in claims.Where(claim => claim.IsRefused))
                AssertDeserved(refused.Code, has.Length, free);
        }
    }

    private static void AssertDeserved(string code, int has, long free)
    {
        if (code == "coupon.not_open") return; // by a clock that is wrong
        if (code == "coupon.limit_reached") Assert.Equal(PerMember, has);
        else Assert.Equal(("coupon.sold_out", 0), (code, free));
    }
}
