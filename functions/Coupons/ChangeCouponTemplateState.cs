using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>CPN-01: marketing publishes, pauses, ends or archives a template. It holds from this answer on.</summary>
public sealed class ChangeCouponTemplateState(
    Transactor transactor, PartitionStore store, OperatorCallers callers, ShardOnTemplateChanged shards, Ids ids)
{
    public sealed record Request
    {
        public required TemplateState State { get; init; }
    }

    [Function(nameof(ChangeCouponTemplateState))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("发布、暂停、结束或归档优惠券模板"), Tags("运营：优惠券")]
    [ProducesResponseType<Request>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/coupon-templates/{templateId}/state")]
        HttpRequest request,
        string templateId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        if (!Ids.IsId(templateId)) return Answers.Problem(CouponRefusals.TemplateMissing);

        var decision = await transactor.Run(
            TemplateRows.Template(templateId),
            new Operation(nameof(ChangeCouponTemplateState), ids.Next(), Fingerprint: null),
            (template, now) => TemplateRules.ChangeState(template, body.State, caller.Id, now),
            cancel);
        if (decision.Refusal is null) await CopyToShards(templateId);
        return decision.ToHttp(_ => Results.Ok(body));
    }

    // Also when nothing changed: an earlier call may have died between the commit and the copies. And whole, even
    // when the operator hangs up.
    private async Task CopyToShards(string templateId)
    {
        var template = await TemplateRows.Find(store, templateId, CancellationToken.None);
        await shards.CopyToAll(template!, CancellationToken.None);
    }
}
