using Pond.Kernel;

namespace Pond.Referrals;

/// <summary>REF-05: who changes the programme last, and what is left of its budget. Pure.</summary>
public static class ReferralProgrammeRules
{
    /// <summary>
    /// Sets a programme in place of the version that the operator has seen. The same again changes nothing.
    /// </summary>
    /// <param name="wanted">With the version that it is to replace.</param>
    /// <param name="isOn">Whether it is to be on.</param>
    public static Decision<ReferralProgrammeChanged> Change(
        ReferralProgramme? current,
        ReferralProgramme wanted,
        bool isOn,
        string operatorId,
        string reason,
        DateTimeOffset now)
    {
        var after = wanted with
        {
            Version = wanted.Version + 1,
            OnSince = isOn ? current?.OnSince ?? now : null,
        };
        if (after == current) return Decision<ReferralProgrammeChanged>.Nothing;
        if (wanted.Version != (current?.Version ?? 0)) return ReferralRefusals.ProgrammeStale;

        return new ReferralProgrammeChanged(current, after, operatorId, reason, now);
    }

    /// <summary>One more friend is to be rewarded.</summary>
    public static Decision<ReferralBudget> Take(ReferralBudget budget, int? rewardsMax) =>
        budget.Rewards < (rewardsMax ?? int.MaxValue)
            ? new ReferralBudget(budget.Rewards + 1)
            : ReferralRefusals.BudgetUsed;
}
