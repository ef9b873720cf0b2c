using Pond.Kernel;
using Pond.Members;

namespace Pond.Points;

/// <summary>What rewards are booked with.</summary>
/// <param name="LotId">Of the lots that they make, each with a number of its own behind.</param>
public sealed record RewardTerms(string LotId, ExpiryPolicy Expiry, EarnCaps Caps);

/// <summary>PTS-10: one check-in a China day, with its rewards, and cards for days that were missed. Pure.</summary>
public static class CheckInRules
{
    /// <summary>The cause of a day's own reward: the day itself, so that it can never come twice.</summary>
    public static Cause CauseOf(ChinaDay day) => new(Cause.CheckIn, day.ToString());

    /// <param name="today">
    /// The day on which the member asked; a try that runs past midnight still counts for it.
    /// </param>
    public static Decision<PointsEvent> CheckIn(
        PointsAccount account,
        ChinaDay today,
        CheckInProgramme programme,
        RewardTerms terms,
        DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(account.Member) is { } why) return why;
        var before = account.CheckIns;
        if (before.LastDay is { } last && last.Date >= today.Date) return PointsRefusals.DoneToday;

        var after = before.With(today);
        return Rewarded(
            account, CheckInRewards.OfCheckIn(before, programme, today), terms, now,
            points => new PointsEvent.CheckedIn(today, after.StreakDays, after.TotalDays, points));
    }

    /// <summary>A card for a missed day: the streak goes on as if it had not been missed.</summary>
    /// <param name="today">The day on which the member asked.</param>
    /// <param name="joined">The first day on which the member could have checked in.</param>
    public static Decision<PointsEvent> MakeUp(
        PointsAccount account,
        ChinaDay day,
        ChinaDay today,
        ChinaDay joined,
        CheckInProgramme programme,
        RewardTerms terms,
        DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(account.Member) is { } why) return why;
        var before = account.CheckIns;
        if (before.Has(day)) return PointsRefusals.DoneThatDay;
        if (!IsInReach(day, today, joined, programme)) return PointsRefusals.NoMakeUpDay;
        if (CardsLeft(before, today, programme) == 0) return PointsRefusals.NoCards;

        var after = before.With(day);
        return Rewarded(
            account, CheckInRewards.OfMakeUp(before, programme, day), terms, now,
            points => new PointsEvent.MadeUp(day, today, after.StreakOn(today), after.TotalDays, points));
    }

    /// <summary>Cards that are left in the month of today.</summary>
    public static int CardsLeft(CheckIns checkIns, ChinaDay today, CheckInProgramme programme) =>
        Math.Max(0, programme.MakeUpCards - checkIns.CardsUsed(today));

    /// <summary>Missed days that a card could make good, the oldest first.</summary>
    public static IReadOnlyList<ChinaDay> Missed(
        CheckIns checkIns, ChinaDay today, ChinaDay joined, CheckInProgramme programme) =>
    [
        .. Enumerable.Range(0, programme.MakeUpDays).Select(back => today.AddDays(back - programme.MakeUpDays))
            .Where(day => IsInReach(day, today, joined, programme) && !checkIns.Has(day)),
    ];

    private static bool IsInReach(ChinaDay day, ChinaDay today, ChinaDay joined, CheckInProgramme programme) =>
        day.Date < today.Date && day.DaysTo(today) <= programme.MakeUpDays && day.Date >= joined.Date;

    // One reward after the other, since each may settle a part of what the member owes.
    private static Decision<PointsEvent> Rewarded(
        PointsAccount account,
        IReadOnlyList<CheckInReward> rewards,
        RewardTerms terms,
        DateTimeOffset now,
        Func<long, PointsEvent> done)
    {
        var earned = new List<PointsEvent>();
        foreach (var (cause, points) in rewards)
        {
            var booking = EarnRules.Earn(
                account, cause, $"{terms.LotId}-{earned.Count}", points, terms.Caps, terms.Expiry.EndOf(now), now);
            if (booking.Refusal is { } refusal) return refusal;
            account = booking.Facts.Aggregate(account, PointsFold.Evolve);
            earned.AddRange(booking.Facts);
        }

        var total = earned.OfType<PointsEvent.Earned>().Sum(each => each.Lot.GrantedPoints);
        return earned.Prepend(done(total)).ToArray();
    }
}
