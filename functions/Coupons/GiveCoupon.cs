using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Coupons;

/// <summary>CPN-08: a member offers a coupon to a friend, and gets the token to share.</summary>
public sealed class GiveCoupon(
    Transactor transactor, MemberCallers callers, GiftTokens tokens, GiftOnGiftOffered gifts, Ids ids)
{
    /// <param name="Token">For the link or code that the friend opens.</param>
    /// <param name="Until">From then on the coupon goes back.</param>
    public sealed record Response(string Token, DateTimeOffset Until);

    [Function(nameof(GiveCoupon))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey]
    [EndpointSummary("把优惠券转赠给好友"), Tags("优惠券")]
    [ProducesResponseType<Response>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "me/coupons/{couponId}/gifts")] HttpRequest request,
        string couponId,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var operation = request.Operation(nameof(GiveCoupon), caller.Id);
        if (!Ids.IsId(couponId)) return Answers.Problem(CouponRefusals.Missing);

        var giftId = ids.Next();
        var giftKey = GiftRows.KeyOf(tokens.Of(giftId));
        var decision = await transactor.Run(
            WalletRows.Coupon(caller.Id, couponId),
            operation,
            (wallet, now) => GiftRules.Offer(wallet, giftId, giftKey, now),
            cancel);
        if (decision.Refusal is { } refusal) return Answers.Problem(refusal);

        var offer = decision.Facts.OfType<WalletEvent.Offered>().Single().Offer;
        await gifts.Open(offer, cancel);
        return Results.Json(
            new Response(tokens.Of(offer.GiftId), offer.Until), statusCode: StatusCodes.Status201Created);
    }
}
