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
        var until = Keys.Under(WalletRows.Prefix).Until;
        for (string? next = WalletRows.From(clock.GetUtcNow()); next is not null;)
        {
            var page = await store.Range(
                MemberRows.Partition(merged.FromMemberId), next, until, RowsPerPage, cancel);
            foreach (var couponId in page.Rows.Select(row => Stored.Read<Coupon>(row.Data).Id))
            {
                await transactor.Run(
                    WalletRows.Coupon(merged.FromMemberId, couponId),
                    operation with { Key = $"{operation.Key} {couponId}" },
                    MovingRules.Leave,
                    cancel);
            }

            next = page.Next;
        }

        return null;
    }
}
