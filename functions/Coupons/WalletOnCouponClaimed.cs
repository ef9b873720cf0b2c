using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>Puts a claimed coupon into the member's wallet.</summary>
/// <remarks>A pure insert under a key of its own: that it is there is all the memory it needs.</remarks>
public sealed class WalletOnCouponClaimed(Inbox inbox, PartitionStore store)
{
    [Function(nameof(WalletOnCouponClaimed))]
    public Task Run(
        [QueueTrigger(CouponMessages.WalletQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<CouponClaimedV1>(
            nameof(WalletOnCouponClaimed), CouponMessages.WalletQueue, message, Insert, cancel);

    private async Task<Refusal?> Insert(CouponClaimedV1 claimed, Operation operation, CancellationToken cancel)
    {
        var insert = new Write.Insert(WalletRows.Row(claimed.Coupon.Id), Stored.Write(claimed.Coupon));
        return await store.Commit(MemberRows.Partition(claimed.MemberId), [insert], cancel) switch
        {
            CommitOutcome.Committed or CommitOutcome.Conflict => null, // a conflict: it was there already
            var outcome => throw new StoreUnavailableException($"{operation.Name}: {outcome}"),
        };
    }
}
