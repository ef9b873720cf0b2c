using Pond.LocalHost.WeChatSandbox;
using Pond.Tests.Tiers;

namespace Pond.Tests.Simulation.Enumeration.Operations;

internal sealed class GrowingIntoATier(World world) : Operation(world)
{
    private Reply? grown;

    public override async Task Prepare()
    {
        var programme = TierSteps.Programme();
        foreach (var tier in programme["tiers"]!.AsArray()) tier!["validityDays"] = 0; // no look is due years later
        await Must(World.Owner.Put(TierSteps.ProgrammePath, programme));
        await LogIn(Phone);
    }

    public override async Task Act() => grown = await Ask(
        World.Owner, $"/api/operator/members/{Phone.MemberId}/growth-adjustments", new { growth = 1_000, reason = "线下消费" });

    public override async Task Look()
    {
        Assert.Equal((201, 1_000, 1_000), (grown!.Status, grown.Body.Whole("growth"), grown.Body.Whole("afterGrowth")));
        Assert.Single(await Items(Phone, "/api/me/growth/entries"));
        var move = Assert.Single(await Items(World.Owner, $"/api/operator/members/{Phone.MemberId}/tier-changes"));
        Assert.Equal(("member", "silver", "growth"), (move.Text("from"), move.Text("to"), move.Text("cause")));
        var given = Assert.Single(await Items(Phone, "/api/me/points/entries"));
        Assert.Equal(("tier", 100), (given.Text("causeKind"), given.Whole("points")));
        Assert.Equal(["1000"], await AuditOf(Phone.MemberId));
    }
}

/// <summary>One person has both accounts, and the older's phone tells the younger's number too.</summary>
internal sealed class MergingTwoAccounts(World world) : Operation(world)
{
    private const int CodesMax = 8;

    private readonly SimulatedPhone younger = new(world, "younger");
    private string key = "";
    private Reply? merged;

    private SandboxServer Sandbox => World.WeChat.Sandbox;

    public override async Task Prepare()
    {
        await LogIn(Phone);
        await PauseALittle();
        await LogIn(younger);
        await Must(younger.Post("/api/me/phone", new { code = Sandbox.PhoneCodes.Issue(younger.Name) }));
        await Give(Phone, 70);
        await Give(younger, 30);
        await Grow(Phone, 700);
        await Grow(younger, 300);
        Sandbox.Shoppers.GivePhone(Shopper, Sandbox.Shoppers.Named(younger.Name).Phone);
        key = Phone.NewKey();
    }

    public override async Task Act() => merged = await Merge();

    public override async Task Look()
    {
        AssertSame(merged!, await Merge());
        Assert.Equal((200, Phone.MemberId), (merged!.Status, merged.Body.Text("memberId")));
        await LogIn(younger);
        Assert.Equal(Phone.MemberId, younger.MemberId);
        var points = await Items(Phone, "/api/me/points/entries");
        Assert.Equal([30, 70], points.Select(entry => entry.Whole("points")));
        var growth = await Items(Phone, "/api/me/growth/entries");
        Assert.Equal([300, 700], growth.Select(entry => entry.Whole("growth")));
    }

    private Task<Reply> Grow(SimulatedPhone phone, long growth) => Must(World.Owner.Post(
        $"/api/operator/members/{phone.MemberId}/growth-adjustments", new { growth, reason = "线下消费" }));

    // A code of WeChat's works once, so a new tap brings a new one.
    private async Task<Reply> Merge()
    {
        for (var codes = 1; ; codes++)
        {
            var code = Sandbox.PhoneCodes.Issue(Shopper);
            var reply = await Phone.Send("POST", "/api/me/merge", new { code, confirm = true }, key);
            if (reply.IsSuccess) return reply;
            Assert.True(codes < CodesMax, $"{reply.Status} {reply.Body}");
        }
    }
}
