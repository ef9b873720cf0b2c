namespace Pond.Referrals;

/// <summary>REF-05: what is taken back of a reward when its order is paid back, to the point. Pure.</summary>
public static class ReversalRules
{
    /// <summary>
    /// As much of each reward as is left of the order's money, rounded down, stays: so no way of splitting refunds
    /// leaves a point too much or too little.
    /// </summary>
    public static Friend Reversed(Friend friend)
    {
        var order = friend.Orders.Single(one => one.OrderId == friend.OrderId);
        return friend with
        {
            State = order.LeftFen == 0 ? FriendState.Reversed : FriendState.Rewarded,
            Payouts =
            [
                .. friend.Payouts.Select(payout => payout with
                {
                    ReversedPoints = payout.Reward.Points - Kept(payout.Reward.Points, order),
                    ReversedGrowth = payout.Reward.Growth - Kept(payout.Reward.Growth, order),
                    IsRevoked = order.LeftFen == 0,
                }),
            ],
        };
    }

    private static long Kept(long whole, FriendsOrder order) =>
        (long)((Int128)whole * order.LeftFen / order.GoodsFen);
}
