using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>
/// CPN-08: a member wants an offered coupon back; the wallet has it a moment later. Nothing to take back is a yes too.
/// </summary>
public sealed class CancelCouponGift(
    Transactor transactor, PartitionStore store, MemberCallers callers, GiftTokens tokens, Ids ids)
{
    [Function(nameof(CancelCouponGift))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("撤回转赠的优惠券"), Tags("优惠券")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "me/coupons/{couponId}/gifts")]
        HttpRequest request,
        string couponId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var coupon = Ids.IsId(couponId)
            ? await store.Find<Coupon>(MemberRows.Partition(caller.Id), WalletRows.Row(couponId), cancel)
            : null;
        if (coupon is null) return Answers.Problem(CouponRefusals.Missing);
        if (coupon.GiftId is not { } giftId || coupon.IsReceived) return Results.NoContent();

        var decision = await transactor.Run(
            GiftRows.Gift(GiftRows.Partition(GiftRows.KeyOf(tokens.Of(giftId)))),
            new Operation(nameof(CancelCouponGift), ids.Next(), Fingerprint: null),
            (gift, now) => GiftRules.Cancel(gift, caller.Id, now),
            cancel);
        return decision.ToHttp(_ => Results.NoContent());
    }
}
