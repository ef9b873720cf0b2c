using Pond.Tests.Reminders;
using Pond.Tiers;
using Pond.Touches;
using static Pond.Tests.Tiers.TierSteps;

namespace Pond.Tests.Tiers;

/// <summary>Whose tier will be lost hears thirty and seven days before what would keep it.</summary>
[Rule("MBR-04"), Rule("TCH-06")]
public sealed class RemindingOfTierEnds
{
    [Fact]
    public async Task The_member_is_told_twice_what_is_missing_and_no_more_once_it_is_there()
    {
        await using var touches = await HeardTouches.Start();
        var api = touches.Api;
        await api.SetProgramme();
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 5_000);

        foreach (var daysLeft in new[] { 31, 30, 29, 7, 6 }) await Review(api, daysLeft);

        var told = touches.Of(Occasion.TierEnding, alice.MemberId);
        Assert.Equal(["1.30", "1.7"], told.Select(touch => touch.OccasionId));
        Assert.Equal(
            ("gold即将到期", "再得 4000 成长值即可保级", "pages/tier/index", Midnight(365)),
            (told[0].Values[TouchValues.Title], told[0].Values[TouchValues.Remark], told[0].Page, told[0].Until));
        Assert.True(await touches.Stands(told[1]));

        await api.Grow(alice, 4_000);
        Assert.False(await touches.Stands(told[1]));
    }

    private static async Task Review(MiniProgramApi api, int daysLeft)
    {
        api.Clock.MoveTo(Midnight(365 - daysLeft).AddMinutes(1));
        await api.Fire(nameof(ReviewTiers));
    }
}
