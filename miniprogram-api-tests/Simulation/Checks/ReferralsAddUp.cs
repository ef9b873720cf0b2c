using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Referrals;
using Pond.Tests.Storage;

namespace Pond.Tests.Simulation.Checks;

/// <summary>I21: a referrer counts their rewards, and no friend is rewarded who has not bought.</summary>
internal sealed class ReferralsAddUp : IPartitionCheck
{
    public string? Broken(MemoryRows rows, string partition, IReadOnlyList<Write> writes)
    {
        if (!partition.StartsWith("rf:", StringComparison.Ordinal) || rows.Look(partition, ReferralRows.Head) is not { } head)
            return null;
        var (from, until) = Keys.Under(ReferralRows.FriendPrefix);
        Friend[] friends =
        [
            .. rows.Look(partition, from, until, StoreLimits.RowsPerPageMax).Rows
                .Select(row => Stored.Read<Friend>(row.Data)),
        ];
        var rewards = friends.Count(friend => friend.Payouts.Any(payout => payout.Side is ReferralSide.Referrer));
        if (Stored.Read<Referrer>(head.Data).Rewards != rewards) return $"{rewards} rewards, and another count";
        return friends.FirstOrDefault(friend => friend.Payouts.Count > 0 && friend.OrderId is null) is { } odd
            ? $"a reward without an order for {odd.MemberId}"
            : null;
    }
}
