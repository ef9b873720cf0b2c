using System.Net;
using static Pond.Tests.Tiers.TierSteps;

namespace Pond.Tests.Tiers;

public sealed class RacingForGrowth
{
    [Fact, Rule("D14"), Rule("MBR-01"), Rule("MBR-03")]
    public async Task A_hundred_bookings_at_once_add_up_exactly_and_lift_once()
    {
        await using var api = await MiniProgramApi.Start();
        await api.SetProgramme();
        var alice = await api.LogIn("alice");
        var console = api.Operator();

        var answers = await Task.WhenAll(Enumerable.Range(1, 100).Select(growth => console.PostUntilAnswered(
            $"/api/operator/members/{alice.MemberId}/growth-adjustments", new { growth, reason = "a race" })));
        await api.Deliver();

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        var entries = await alice.GrowthEntries();
        Assert.Equal(5_050, (await alice.Tier()).Whole("totalGrowth"));
        Assert.Equal(5_050, entries.Sum(entry => entry.Whole("growth")));
        Assert.Equal(
            Enumerable.Range(1, 100).Reverse().Select(seq => (long)seq), entries.Select(entry => entry.Whole("seq")));
        Assert.Equal(["member>silver growth", "silver>gold growth"], await api.TierMoves(alice.MemberId));
        Assert.Equal([500, 100], (await api.PointsGiven("alice")).OrderDescending());
    }

    [Fact, Rule("MBR-01")]
    public async Task Fifty_copies_of_one_request_at_once_book_once()
    {
        await using var api = await MiniProgramApi.Start();
        var (alice, key) = (await api.LogIn("alice"), Phone.NewKey());

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => api.AdjustGrowth(alice.MemberId, 30, key: key)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(30, (await alice.Tier()).Whole("totalGrowth"));
    }
}
