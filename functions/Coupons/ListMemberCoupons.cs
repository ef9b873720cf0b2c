using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>CPN-06: for service, every coupon that a member has or had, what ends first comes first.</summary>
public sealed class ListMemberCoupons(PartitionStore store, OperatorCallers callers)
{
    /// <param name="OrderId">The order that holds it or used it; null while there is none.</param>
    /// <param name="IsReceived">A friend gave it.</param>
    /// <param name="FirstId">The coupon for which it was issued anew; else null.</param>
    public sealed record Item(CouponResponse Coupon, string? OrderId, bool IsReceived, string? FirstId)
    {
        public static Item Of(Row row)
        {
            var coupon = Stored.Read<Coupon>(row.Data);
            return new Item(CouponResponse.Of(coupon), coupon.OrderId, coupon.IsReceived, coupon.FirstId);
        }
    }

    [Function(nameof(ListMemberCoupons))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("会员的全部优惠券"), Tags("运营：会员")]
    [ProducesResponseType<Listing<Item>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/members/{memberId}/coupons")]
        HttpRequest request,
        string memberId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Service);
        var partition = MemberRows.Partition(memberId);
        if (!Ids.IsId(memberId) || await store.Find(partition, MemberRows.Head, cancel) is null)
            return Answers.Problem(MemberRefusals.Missing);

        var (from, until) = Keys.Under(WalletRows.Prefix);
        return Results.Ok(await Paging.Of(request, from, until).Read(store, partition, Item.Of, cancel));
    }
}
