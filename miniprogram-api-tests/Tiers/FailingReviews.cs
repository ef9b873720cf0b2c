using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;
using Pond.Tests.FaultInjection;
using Pond.Tiers;
using static Pond.Tests.Tiers.TierSteps;

namespace Pond.Tests.Tiers;

/// <summary>The review of one tier, with each single call to the store or a queue going wrong in each way.</summary>
[Rule("MBR-04")]
public sealed class FailingReviews
{
    public static TheoryData<FaultWay> Ways => [.. Enum.GetValues<FaultWay>()];

    [Theory, MemberData(nameof(Ways))]
    public async Task A_tier_is_lowered_once_whichever_call_fails(FaultWay way)
    {
        await using var app = await FaultyApp.Start();
        await app.Api.SetProgramme(OfOneDay());
        var calls = await Review(app, "counted", app.Faults.Count);
        var chosen = calls.Where(call => way switch
        {
            FaultWay.FailsBefore or FaultWay.CrashesBefore => true,
            FaultWay.FailsAfter or FaultWay.CrashesAfter => call.Kind is not PortCallKind.Read,
            _ => call.Kind is PortCallKind.Commit,
        });

        Assert.Contains(calls, call => call.Kind is PortCallKind.Commit);
        foreach (var call in chosen)
            await Review(app, $"shopper-{call.Number}", () => app.Faults.Arm(call.Number, way));
    }

    private static async Task<IReadOnlyList<PortCall>> Review(FaultyApp app, string shopper, Action arm)
    {
        var memberId = (await app.Api.LogIn(shopper)).MemberId;
        (await app.Api.AdjustGrowth(memberId, 1_000)).EnsureSuccessStatusCode();
        await app.Deliver();
        app.Api.Clock.Advance(TimeSpan.FromDays(1));

        arm();
        try
        {
            await app.Api.Fire(nameof(ReviewTiers));
        }
        catch (Exception fault) when (fault is CrashException or StoreUnavailableException)
        {
            // the host logs it, and the timer comes again
        }

        var calls = app.Faults.Disarm();
        await app.Deliver(); // started anew after a crash
        await app.Api.Services.GetRequiredService<FaultyStore>().LandLate();
        await ReviewLater(app);
        await ReviewLater(app); // and again, so that the calls of the next review are its own

        Assert.Equal(["member>silver growth", "silver>member expiry"], await app.Api.TierMoves(memberId));
        return calls;
    }

    private static Task ReviewLater(FaultyApp app)
    {
        app.Api.Clock.Advance(DueHints.SecondLook + TimeSpan.FromMinutes(1));
        return app.Api.Fire(nameof(ReviewTiers));
    }

    private static JsonObject OfOneDay()
    {
        var programme = Programme(windowDays: 1);
        programme["tiers"] = new JsonArray(Tier("member", 0, 0, 0), Tier("silver", 10, 1_000, 800));
        programme.TierOf(1)["validityDays"] = 1;
        programme.TierOf(1)["graceDays"] = 0;
        return programme;
    }
}
