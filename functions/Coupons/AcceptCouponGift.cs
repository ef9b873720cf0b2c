using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>
/// CPN-08: a friend takes a coupon. Once this answers, it is theirs; the wallet shows it a moment later.
/// </summary>
public sealed class AcceptCouponGift(
    Transactor transactor, PartitionStore store, Survivors survivors, MemberCallers callers)
{
    [Function(nameof(AcceptCouponGift))]
    [Caller(CallerKind.Member), NeedsIdempotencyKey]
    [EndpointSummary("领取好友转赠的优惠券"), Tags("优惠券")]
    [ProducesResponseType<CouponResponse>(StatusCodes.Status202Accepted)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "coupon-gifts/{token}/acceptances")]
        HttpRequest request,
        string token,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var operation = request.Operation(nameof(AcceptCouponGift), caller.Id);
        if (!Ids.IsId(token)) return Answers.Problem(CouponRefusals.GiftMissing);

        var partition = GiftRows.Partition(GiftRows.KeyOf(token));
        if (!await MayGive(await store.Find<Gift>(partition, GiftRows.Head, cancel), cancel))
            return Answers.Problem(CouponRefusals.GiftOver);

        var decision = await transactor.Run(
            GiftRows.Gift(partition),
            operation,
            (gift, now) => GiftRules.Accept(gift, caller.Id, now),
            cancel);
        return decision.ToHttp(facts => Results.Json(
            CouponResponse.Of(facts.OfType<GiftEvent.Ended>().Single().Gift.Coupon),
            statusCode: StatusCodes.Status202Accepted));
    }

    // A giver who was frozen or banned since gives nothing more.
    private async Task<bool> MayGive(Gift? gift, CancellationToken cancel) =>
        gift is not { State: GiftState.Open }
        || MemberStanding.WhyNot(await survivors.Find(gift.FromMemberId, cancel)) is null;
}
