using System.Globalization;
using Pond.Kernel;
using Pond.Members;
using Pond.Reminders;
using Pond.Touches;

namespace Pond.Tiers;

/// <summary>MBR-04: what a member is told of a tier that they may lose. Pure.</summary>
public static class LapseRules
{
    private const char IdSeparator = '.';

    /// <summary>The touch of a notice; null for none, and for who may get nothing.</summary>
    public static TouchPlannedV1? TouchOf(MemberStanding? member, Tier tier, TierAboutToLapse? notice)
    {
        if (notice is null || MemberStanding.WhyNot(member) is not null) return null;
        return new TouchPlannedV1(
            member!.Id,
            Occasion.TierEnding,
            string.Create(CultureInfo.InvariantCulture, $"{notice.StayNumber}{IdSeparator}{notice.DaysLeft}"),
            ReminderTexts.Values(
                $"{tier.Name}即将到期", amount: null, notice.ValidTo, $"再得 {notice.MissingGrowth} 成长值即可保级"),
            "pages/tier/index",
            PromotionId: null,
            NotBefore: notice.At,
            Until: notice.ValidTo,
            notice.At);
    }

    /// <summary>Whether it is still about to be lost.</summary>
    public static bool Stands(TierAccount account, Programme programme, string occasionId, DateTimeOffset now)
    {
        if (MemberStanding.WhyNot(account.Member) is not null || programme.Tiers.Count == 0
            || account.Membership is not { Manual: null, Stay: { To: { } to, ReviewAt: { } reviewAt } stay }
            || !occasionId.StartsWith(
                string.Create(CultureInfo.InvariantCulture, $"{stay.Number}{IdSeparator}"), StringComparison.Ordinal))
            return false;
        var growth = account.GrowthOn(ChinaDay.Of(reviewAt), programme.WindowDays);
        return now < to && TierRules.IsLost(programme.TierOf(stay), growth);
    }
}
