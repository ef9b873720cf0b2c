using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>
/// The member's wallet: coupons that are still valid and neither used nor revoked, what ends first comes first. A page
/// may hold fewer items than asked for.
/// </summary>
public sealed class ListMyCoupons(PartitionStore store, MemberCallers callers, TimeProvider clock)
{
    [Function(nameof(ListMyCoupons))]
    [Caller(CallerKind.Member), Paged]
    [EndpointSummary("我的优惠券"), Tags("优惠券")]
    [ProducesResponseType<Listing<CouponResponse>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/coupons")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var now = clock.GetUtcNow();
        var paging = Paging.Of(request, WalletRows.From(now), Keys.Under(WalletRows.Prefix).Until);
        var coupons = await paging.Read(
            store, MemberRows.Partition(caller.Id), row => Stored.Read<Coupon>(row.Data), cancel);
        CouponResponse[] kept =
            [.. coupons.Items.Where(coupon => CouponRules.IsKept(coupon, now)).Select(CouponResponse.Of)];
        return Results.Ok(new Listing<CouponResponse>(kept, coupons.Next));
    }
}
