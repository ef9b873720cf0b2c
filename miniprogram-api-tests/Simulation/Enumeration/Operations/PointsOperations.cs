using Pond.Tests.Points;

namespace Pond.Tests.Simulation.Enumeration.Operations;

internal sealed class CheckingInFirst(World world) : Operation(world)
{
    private Reply? done;

    public override Task Prepare() => LogIn(Phone);

    public override async Task Act() => done = await Ask(Phone, "/api/me/check-ins");

    public override async Task Look()
    {
        Assert.Equal((201, 1, 1), (done!.Status, done.Body.Whole("streakDays"), done.Body.Whole("totalDays")));
        var entry = Assert.Single(await Items(Phone, "/api/me/points/entries"));
        Assert.Equal(("checkIn", done.Body.Whole("rewardPoints")), (entry.Text("causeKind"), entry.Whole("points")));
    }
}

internal sealed class SpendingThirtyPoints(World world) : Operation(world)
{
    private Reply? spent;

    public override async Task Prepare()
    {
        await LogIn(Phone);
        await Give(Phone, 100);
    }

    public override async Task Act() => spent = await Ask(
        World.Owner, PointsSteps.AdjustmentsPath, new { memberId = Phone.MemberId, points = -30, reason = "到店兑换" });

    public override async Task Look()
    {
        Assert.Equal((201, -30, 70), (spent!.Status, spent.Body.Whole("points"), spent.Body.Whole("afterPoints")));
        var entries = await Items(Phone, "/api/me/points/entries");
        Assert.Equal([-30, 100], entries.Select(entry => entry.Whole("points")));
        Assert.Equal(["70", "100"], await AuditOf(Phone.MemberId));
    }
}

internal sealed class ApprovingAGift(World world) : Operation(world)
{
    private SimulatedPhone finance = null!;
    private string adjustmentId = "";
    private Reply? approved;

    public override async Task Prepare()
    {
        await LogIn(Phone);
        var asked = await Must(World.Owner.Post(
            PointsSteps.AdjustmentsPath, new { memberId = Phone.MemberId, points = 20_000, reason = "年度答谢" }));
        adjustmentId = asked.Body.Text("adjustmentId");
        var added = await Must(new SimulatedPhone(World, "bootstrap", MiniProgramApi.BootstrapKey)
            .Post("/api/operator/operators", new { name = "财务", roles = new[] { "finance" } }));
        finance = new SimulatedPhone(World, "finance", added.Body.Text("key"));
    }

    public override async Task Act() => approved = await Ask(
        finance, $"{PointsSteps.AdjustmentsPath}/{adjustmentId}/approvals", new { reason = "已核对" });

    public override async Task Look()
    {
        Assert.Equal((200, "approved"), (approved!.Status, approved.Body.Text("state")));
        Assert.Equal(20_000, Assert.Single(await Items(Phone, "/api/me/points/entries")).Whole("points"));
        Assert.Equal(["20000", "approved"], (await AuditOf(adjustmentId)).Order());
        Assert.Empty(await Items(World.Owner, PointsSteps.AdjustmentsPath));
    }
}
