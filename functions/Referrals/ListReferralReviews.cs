using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Referrals;

/// <summary>REF-04: friends whom a person has to look at. A page may hold fewer items than asked for.</summary>
public sealed class ListReferralReviews(PartitionStore store, OperatorCallers callers)
{
    /// <param name="WhyNot">Why a person has to look, such as <c>too_fast</c>.</param>
    public sealed record Item(
        string ReferralId,
        string ReferrerId,
        string MemberId,
        string? Channel,
        DateTimeOffset RegisteredAt,
        string? WhyNot,
        string? OrderId);

    [Function(nameof(ListReferralReviews))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("待审核的邀请"), Tags("运营：老带新")]
    [ProducesResponseType<Listing<Item>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/referral-reviews")] HttpRequest request,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel);
        var (from, until) = Keys.Under(ReferralRows.ReviewPrefix);
        var page = await Paging.Of(request, from, until).Read(
            store, ReferralRows.ReviewPartition, row => Stored.Read<ReviewCopy>(row.Data).Friend, cancel);
        return Results.Ok(new Listing<Item>([.. page.Items.OfType<Friend>().Select(ItemOf)], page.Next));
    }

    private static Item ItemOf(Friend friend) => new(
        friend.ReferralId, friend.SharerId, friend.MemberId, friend.Channel, friend.RegisteredAt, friend.WhyNot,
        friend.OrderId);
}
