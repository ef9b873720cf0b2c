using Pond.Kernel;

namespace Pond.Referrals;

/// <summary>REF-04: how many rewards one referrer gets. Pure.</summary>
public static class ReferrerRules
{
    /// <summary>Why a referrer gets nothing for a friend who does.</summary>
    public const string Capped = "capped";

    public static bool IsCapped(Referrer referrer, ReferralProgramme terms, DateTimeOffset now)
    {
        var (day, month) = Counts(referrer, now);
        return day >= (terms.PerDayMax ?? int.MaxValue)
            || month >= (terms.PerMonthMax ?? int.MaxValue)
            || referrer.Rewards >= (terms.PerReferrerMax ?? int.MaxValue);
    }

    public static Referrer Rewarded(Referrer referrer, DateTimeOffset now)
    {
        var (day, month) = Counts(referrer, now);
        return referrer with
        {
            Rewards = referrer.Rewards + 1,
            Day = ChinaDay.Of(now),
            OfDay = day + 1,
            OfMonth = month + 1,
        };
    }

    private static (int Day, int Month) Counts(Referrer referrer, DateTimeOffset now)
    {
        var today = ChinaDay.Of(now);
        return (
            referrer.Day == today ? referrer.OfDay : 0,
            referrer.Day?.NextMonth == today.NextMonth ? referrer.OfMonth : 0);
    }
}
