using Pond.Kernel;
using Pond.Tiers;

namespace Pond.Tests.Tiers;

/// <summary>
/// The tier of a member by the words of the rules alone: walks from day to day and keeps nothing but the entries.
/// </summary>
internal sealed class TierOracle(Programme programme)
{
    private readonly List<(ChinaDay Day, long Growth)> booked = [];
    private ChinaDay today = ChinaDay.Of(HandClock.Start);
    private int tier;
    private ChinaDay? end;
    private ChinaDay? review;
    private (int Tier, DateTimeOffset Until)? given;

    /// <summary>The code of the tier at an instant, and when it ends.</summary>
    public (string Code, DateTimeOffset? ValidTo) At(DateTimeOffset now)
    {
        WalkTo(now);
        return given is { } gift && now < gift.Until
            ? (programme.Tiers[gift.Tier].Code, gift.Until)
            : (programme.Tiers[tier].Code, end?.Start);
    }

    public void Book(long growth, DateTimeOffset now)
    {
        WalkTo(now);
        booked.Add((today, growth));
        var counted = Counted();
        var opened = Opened(counted);
        if (growth > 0 && opened > tier) Enter(opened, today);
        if (growth < 0 && programme.Returns is ReturnPolicy.AtOnce && IsLost(counted)) Enter(Lower(counted), today);
    }

    public void Give(int index, DateTimeOffset until) => given = (index, until);

    private void WalkTo(DateTimeOffset now)
    {
        for (; today.Date < ChinaDay.Of(now).Date; MeetReview()) today = today.Next;
    }

    private void MeetReview()
    {
        if (review != today) return;
        var counted = Counted();
        if (IsLost(counted)) Enter(Lower(counted), today);
        else Enter(tier, end!.Value);
    }

    private void Enter(int index, ChinaDay day)
    {
        var terms = programme.Tiers[index];
        var lasts = index == 0 || terms.ValidityDays == 0;
        tier = index;
        end = lasts ? null : day.AddDays(terms.ValidityDays);
        review = end?.AddDays(terms.GraceDays);
    }

    private long Counted() => Math.Max(0, booked
        .Where(each => programme.WindowDays == 0 || each.Day.AddDays(programme.WindowDays).Date > today.Date)
        .Sum(each => each.Growth));

    private bool IsLost(long counted) =>
        programme.Tiers[tier].Downgrade is not Downgrade.None && counted < programme.Tiers[tier].KeepGrowth;

    private int Lower(long counted) =>
        programme.Tiers[tier].Downgrade is Downgrade.OneStep ? tier - 1 : Opened(counted);

    private int Opened(long counted) => programme.Tiers.Count(each => each.EnterGrowth <= counted) - 1;
}
