using Pond.Tests.Coupons;

namespace Pond.Tests.Simulation.Enumeration.Operations;

/// <summary>Somebody gets a coupon, in one of three ways.</summary>
internal abstract class GettingACoupon(World world) : Operation(world)
{
    private Reply? got;

    protected string TemplateId { get; private set; } = "";

    public override async Task Prepare()
    {
        var template = Some.Template(stock: 1);
        template["transferable"] = true;
        TemplateId = await Shop.PublishTemplate(World, template);
        await LogIn(Phone);
    }

    public override async Task Act() => got = await Get();

    public override async Task Look()
    {
        var coupon = Assert.Single(await Items(Phone, "/api/me/coupons"));
        Assert.Equal((202, got!.Body.Text("couponId")), (got.Status, coupon.Text("couponId")));
        var template = (await World.Owner.Get($"/api/operator/coupon-templates/{TemplateId}")).Body;
        Assert.Equal((1, 0), (template.Whole("claimedCount"), template.Whole("freeCount")));
    }

    protected abstract Task<Reply> Get();
}

internal sealed class ClaimingTheLastCoupon(World world) : GettingACoupon(world)
{
    protected override Task<Reply> Get() => Ask(Phone, CouponSteps.ClaimsOf(TemplateId));
}

internal sealed class RedeemingTheOnlyCode(World world) : GettingACoupon(world)
{
    private string code = "";

    public override async Task Prepare()
    {
        await base.Prepare();
        var marketing = await Must(new SimulatedPhone(World, "bootstrap", MiniProgramApi.BootstrapKey)
            .Post("/api/operator/operators", new { name = "市场", roles = new[] { "marketing" } }));
        var batches = CodeSteps.BatchesOf(TemplateId);
        var made = await Must(World.Owner.Post(batches, new { count = 1, note = "海报" }));
        await PauseALittle();
        code = await Export($"{batches}/{made.Body.Text("batchId")}/export", marketing.Body.Text("key"));
    }

    protected override Task<Reply> Get() => Ask(Phone, CodeSteps.RedemptionsOf(code));

    // It is a table, which no phone of ours reads.
    private async Task<string> Export(string path, string? operatorKey)
    {
        var node = World.AnyNode()!;
        var exported = new TaskCompletionSource<Answer>();
        (string, string)[] headers = [("Authorization", $"Bearer {operatorKey}"), ("Idempotency-Key", "export-of-the-code")];
        World.Begin(node.Machine, World.ActorOf("export"), async () =>
            exported.SetResult(await World.Serve(node, new Request("POST", path, headers, []))));
        var table = System.Text.Encoding.UTF8.GetString((await exported.Task).Body);
        return table.Split("\r\n")[1].Split(',')[0].Trim('"');
    }
}

internal sealed class AcceptingAGift(World world) : GettingACoupon(world)
{
    private readonly SimulatedPhone giver = new(world, "giver");
    private string token = "";

    public override async Task Prepare()
    {
        await base.Prepare();
        await LogIn(giver);
        var claim = await Must(giver.Post(CouponSteps.ClaimsOf(TemplateId)));
        await PauseALittle();
        token = (await Must(giver.Post($"/api/me/coupons/{claim.Body.Text("couponId")}/gifts"))).Body.Text("token");
    }

    public override async Task Look()
    {
        await base.Look();
        Assert.Empty(await Items(giver, "/api/me/coupons"));
    }

    protected override Task<Reply> Get() => Ask(Phone, $"/api/coupon-gifts/{token}/acceptances");
}
