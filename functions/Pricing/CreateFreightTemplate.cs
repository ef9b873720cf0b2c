using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Pricing;

/// <summary>PRC-07: marketing says how sending is charged.</summary>
public sealed class CreateFreightTemplate(Transactor transactor, OperatorCallers callers)
{
    [Function(nameof(CreateFreightTemplate))]
    [Caller(CallerKind.Operator), Body(typeof(FreightRequest)), NeedsIdempotencyKey]
    [EndpointSummary("新建运费模板"), Tags("运营：运费")]
    [ProducesResponseType<FreightResponse>(StatusCodes.Status201Created)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator/freight-templates")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<FreightRequest>(cancel);
        var operation = request.Operation(nameof(CreateFreightTemplate), caller.Id, body);
        // The same key makes the same template, so a repeat finds it.
        var template = new FreightTemplate(Ids.From(operation.Key), body.Terms(), Version: 0);
        var decision = await transactor.Run(
            FreightRows.Template(template.Id),
            operation,
            (before, now) => FreightRules.Write(before, template, caller.Id, body.Reason, now),
            cancel);
        return decision.ToHttp(facts => Results.Json(
            FreightResponse.Of(facts.Single().Template), statusCode: StatusCodes.Status201Created));
    }
}
