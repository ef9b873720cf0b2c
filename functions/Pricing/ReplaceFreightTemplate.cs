using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Pricing;

/// <summary>PRC-07: marketing writes a freight template anew. It holds from this answer on.</summary>
public sealed class ReplaceFreightTemplate(Transactor transactor, OperatorCallers callers, Ids ids)
{
    public sealed record Request : FreightRequest
    {
        /// <summary>Of the template that this one replaces.</summary>
        [Whole(1, int.MaxValue)]
        public required long Version { get; init; }
    }

    [Function(nameof(ReplaceFreightTemplate))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("修改运费模板"), Tags("运营：运费")]
    [ProducesResponseType<FreightResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/freight-templates/{freightId}")]
        HttpRequest request,
        string freightId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        if (!Ids.IsId(freightId)) return Answers.Problem(FreightRefusals.Missing);

        var template = new FreightTemplate(freightId, body.Terms(), body.Version);
        var decision = await transactor.Run(
            FreightRows.Template(freightId),
            new Operation(nameof(ReplaceFreightTemplate), ids.Next(), Fingerprint: null),
            (before, now) => FreightRules.Write(before, template, caller.Id, body.Reason, now),
            cancel);
        return decision.ToHttp(facts => Results.Ok(FreightResponse.Of(facts.Single().Template)));
    }
}
