using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Outbox;

namespace Pond.Referrals;

/// <summary>Keeps the list of friends whom a person has to look at; late news change nothing.</summary>
public sealed class ReviewsOnReferralMoved(Inbox inbox, Transactor transactor)
{
    [Function(nameof(ReviewsOnReferralMoved))]
    public Task Run(
        [QueueTrigger(ReferralMessages.ReviewQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ReferralReviewV1>(
            nameof(ReviewsOnReferralMoved), ReferralMessages.ReviewQueue, message, Copy, cancel);

    private async Task<Refusal?> Copy(ReferralReviewV1 review, Operation operation, CancellationToken cancel)
    {
        var friend = review.Friend;
        var decision = await transactor.Run(
            ReferralRows.Review(friend.ReferralId),
            operation,
            (copy, _) => review.At < copy.At
                ? Decision<ReviewCopy>.Nothing
                : new ReviewCopy(friend.State is FriendState.Reviewing ? friend : null, review.At),
            cancel);
        return decision.Refusal;
    }
}
