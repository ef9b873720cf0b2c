using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>AUTH-10: sends the coupons of a merged account on their way to the other, one by one.</summary>
public sealed class CouponsOnMemberMerged(Inbox inbox, Transactor transactor, PartitionStore store, TimeProvider clock)
{
    private const int RowsPerPage = 100;

    [Function(nameof(CouponsOnMemberMerged))]
    public Task Run(
        [QueueTrigger(MemberMessages.CouponMergeQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<MemberMergedV1>(
            nameof(CouponsOnMemberMerged), MemberMessages.CouponMergeQueue, message, Leave, cancel);

    // None comes into a merged wallet any more, so the pages hold all there will ever be.
    private async Task<Refusal?> Leave(MemberMergedV1 merged, Operation operation, CancellationToken cancel)
    {
        var valid = (WalletRows.From(clock.GetUtcNow()), Keys.Under(WalletRows.Prefix).Until);
        var partition = MemberRows.Partition(merged.FromMemberId);
        await foreach (var row in store.ReadEach(partition, valid, RowsPerPage, cancel))
        {
            var couponId = Stored.Read<Coupon>(row.Data).Id;
            await transactor.Run(
                WalletRows.Coupon(merged.FromMemberId, couponId),
                operation with { Key = $"{operation.Key} {couponId}" },
                MovingRules.Leave,
                cancel);
        }

        return null;
    }
}
