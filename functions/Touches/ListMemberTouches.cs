using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Touches;

/// <summary>TCH-03: for service, everything that a member was or is to be told, and what became of it.</summary>
public sealed class ListMemberTouches(PartitionStore store, OperatorCallers callers)
{
    /// <param name="TouchId">Of this member's touches.</param>
    /// <param name="NotBefore">When it is due, or was.</param>
    /// <param name="Reason">Why it failed or was not sent; none for neither.</param>
    /// <param name="At">Of the newest change.</param>
    public sealed record Item(
        string TouchId,
        Occasion Occasion,
        string OccasionId,
        string? PromotionId,
        TouchState State,
        string? Reason,
        DateTimeOffset NotBefore,
        DateTimeOffset Until,
        DateTimeOffset At)
    {
        public static Item Of(Row row)
        {
            var touch = Stored.Read<Touch>(row.Data);
            return new Item(
                row.Key[(row.Key.LastIndexOf(':') + 1)..], touch.Occasion, touch.OccasionId, touch.PromotionId,
                touch.State, touch.Reason, touch.NotBefore, touch.Until, touch.At);
        }
    }

    [Function(nameof(ListMemberTouches))]
    [Caller(CallerKind.Operator), Paged]
    [EndpointSummary("会员的触达记录"), Tags("运营：会员")]
    [ProducesResponseType<Listing<Item>>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/members/{memberId}/touches")]
        HttpRequest request,
        string memberId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Service);
        var partition = MemberRows.Partition(memberId);
        if (!Ids.IsId(memberId) || await store.Find(partition, MemberRows.Head, cancel) is null)
            return Answers.Problem(MemberRefusals.Missing);

        var (from, until) = Keys.Under(TouchRows.Prefix);
        return Results.Ok(await Paging.Of(request, from, until).Read(store, partition, Item.Of, cancel));
    }
}
