namespace Pond.Tests.PlantedBugs;

/// <summary>Mistakes in what a friend brings, and in what is taken back of it.</summary>
internal static class ReferralBugs
{
    private const string Rules = "Referrals/ReferralRules.cs";

    public static readonly PlantedBug[] All =
    [
        new(
            "friend pays twice",
            "Whoever looks again at a friend who was rewarded rewards once more.",
            new Patch(
                Rules,
                "if (desk is not { Friend: { State: FriendState.Qualified } friend, Referrer: { } referrer }",
                "if (desk is not { Friend: { } friend, Referrer: { } referrer } || (friend.State is not FriendState.Qualified && !PLANTED)")),
        new(
            "sent back before the reward",
            "What was paid back before the reward came takes nothing of it.",
            new Patch(
                Rules,
                "var paid = ReversalRules.Reversed(friend with",
                "var paid = (PLANTED ? (Func<Friend, Friend>)(one => one) : ReversalRules.Reversed)(friend with")),
        new(
            "reward for each message",
            "Each message about a reward gives it once more.",
            new Patch(
                "Points/PointsOnReferralRewarded.cs",
                "var cause = new Cause(Cause.Referral, reward.RewardId);",
                "var cause = new Cause(Cause.Referral, PLANTED ? $\"{reward.RewardId}-{reward.ReversedPoints}\" : reward.RewardId);")),
    ];
}
