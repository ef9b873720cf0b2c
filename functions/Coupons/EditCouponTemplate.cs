using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Coupons;

/// <summary>CPN-01: marketing changes the terms of a draft. Its stock has a route of its own.</summary>
public sealed class EditCouponTemplate(
    Transactor transactor, OperatorCallers callers, ShardOnTemplateChanged shards, Ids ids)
{
    [Function(nameof(EditCouponTemplate))]
    [Caller(CallerKind.Operator), Body(typeof(TemplateRequest))]
    [EndpointSummary("修改优惠券模板草稿"), Tags("运营：优惠券")]
    [ProducesResponseType<TemplateResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/coupon-templates/{templateId}")]
        HttpRequest request,
        string templateId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<TemplateRequest>(cancel);
        if (!Ids.IsId(templateId)) return Answers.Problem(CouponRefusals.TemplateMissing);

        var decision = await transactor.Run(
            TemplateRows.Template(templateId),
            new Operation(nameof(EditCouponTemplate), ids.Next(), Fingerprint: null),
            (template, now) => TemplateRules.Redraft(template, body.Terms(templateId), caller.Id, now),
            cancel);
        if (decision.Facts is [var redrafted]) await shards.CopyToAll(redrafted.Template, CancellationToken.None);
        return decision.ToHttp(facts => Results.Ok(TemplateResponse.Of(facts.Single().Template)));
    }
}
