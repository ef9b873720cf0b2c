using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>
/// CPN-04: marketing raises or lowers a template's stock, and what members and codes have stays theirs. Where claims
/// are faster than a lowering, the stock in the answer is higher than the one that was asked for.
/// </summary>
public sealed class ChangeCouponStock(
    Transactor transactor,
    PartitionStore store,
    OperatorCallers callers,
    ShardOnTemplateChanged shards,
    ShardOnSlotsLent lendings,
    TemplateOnStockLowering lowerings,
    Ids ids)
{
    public sealed record Request
    {
        /// <summary>Coupons in all, the claimed ones included.</summary>
        [Whole(0, TemplateRules.StockMax)]
        public required int Stock { get; init; }
    }

    [Function(nameof(ChangeCouponStock))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("调整优惠券模板的库存"), Tags("运营：优惠券")]
    [ProducesResponseType<TemplateResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/coupon-templates/{templateId}/stock")]
        HttpRequest request,
        string templateId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        if (await TemplateRows.Find(store, templateId, cancel) is not { } template)
            return Answers.Problem(CouponRefusals.TemplateMissing);

        if (template.Lowering is not null) await lowerings.Finish(templateId, cancel); // whoever began it died over it
        await shards.CopyToAll(template, cancel); // slots can only come to a shard that is open
        var freeCount = (await ShardRows.ReadAll(store, template, cancel)).Sum(shard => shard.FreeCount);
        var changeId = ids.Next();
        var decision = await transactor.Run(
            TemplateRows.Template(templateId),
            new Operation(nameof(ChangeCouponStock), changeId, Fingerprint: null),
            (found, now) => StockRules.Change(found, body.Stock, freeCount, changeId, caller.Id, now),
            cancel);
        if (decision.Refusal is { } refusal) return Answers.Problem(refusal);

        await CarryOut(decision.Facts, templateId);
        return Results.Ok(TemplateResponse.Of((await TemplateRows.Find(store, templateId, cancel))!));
    }

    // At once, so that the change holds from the answer on; their messages find it done.
    private async Task CarryOut(IReadOnlyList<TemplateEvent> facts, string templateId)
    {
        foreach (var lent in facts.OfType<TemplateEvent.StockRaised>().SelectMany(raised => raised.New))
            await lendings.Receive(lent, CancellationToken.None);
        if (facts is [TemplateEvent.StockLoweringBegun]) await lowerings.Finish(templateId, CancellationToken.None);
    }
}
