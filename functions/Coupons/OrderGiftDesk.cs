using Pond.Kernel;
using Pond.Members;
using Pond.Platform;

namespace Pond.Coupons;

/// <summary>CPN-11: knows which coupons an order brought, and takes back what it does not deserve any more.</summary>
/// <remarks>
/// Giving writes what was given and then looks at what is undeserved; a refund writes what is undeserved and then looks
/// at what was given. So whichever of the two is later does what there is to do, and both may do it again.
/// </remarks>
public sealed class OrderGiftDesk(Transactor transactor, Survivors survivors, Ids ids)
{
    public async Task Give(string memberId, string orderId, Coupon coupon, CancellationToken cancel)
    {
        var templateId = coupon.Terms.TemplateId;
        await Note(memberId, orderId, templateId, gifts => OrderGiftRules.Give(gifts, coupon), cancel);
        await Settle(memberId, orderId, templateId, cancel);
    }

    /// <param name="count">Of this template, in all.</param>
    public async Task Undeserve(
        string memberId, string orderId, string templateId, int count, CancellationToken cancel)
    {
        await Note(memberId, orderId, templateId, gifts => OrderGiftRules.Undeserve(gifts, count), cancel);
        await Settle(memberId, orderId, templateId, cancel);
    }

    private async Task Settle(string memberId, string orderId, string templateId, CancellationToken cancel)
    {
        var gifts = await Note(memberId, orderId, templateId, _ => Decision<OrderGifts>.Nothing, cancel);
        foreach (var coupon in gifts.Left())
        {
            if (!gifts.IsOwing()) return;
            var taken = await survivors.Run(
                memberId,
                accountId => WalletRows.Coupon(accountId, coupon.Id),
                Once(),
                (wallet, now) => OrderCouponRules.TakeBack(wallet, coupon, now),
                cancel);
            if (taken.Refusal is not null) continue;
            gifts = await Note(memberId, orderId, templateId, each => OrderGiftRules.Take(each, coupon.Id), cancel);
        }
    }

    /// <returns>The note as it is after.</returns>
    private async Task<OrderGifts> Note(
        string memberId,
        string orderId,
        string templateId,
        Func<OrderGifts, Decision<OrderGifts>> decide,
        CancellationToken cancel)
    {
        OrderGifts? seen = null;
        var decision = await transactor.Run(
            OrderGiftRows.Note(memberId, orderId, templateId),
            Once(),
            (gifts, _) => decide(seen = gifts),
            cancel);
        return decision.Facts is [var after] ? after : seen!;
    }

    // Only the rules keep the same from happening twice: nobody asks again for the same operation.
    private Operation Once() => new(nameof(OrderGiftDesk), ids.Next(), Fingerprint: null);
}
