using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Members;

/// <summary>
/// AUTH-06: replaces what the member agrees to. A frozen member may too: nobody is kept from withdrawing a consent.
/// </summary>
public sealed class ChangeConsents(Transactor transactor, MemberCallers callers, PartitionStore store, Ids ids)
{
    public sealed record Request
    {
        /// <summary>Of the privacy policy that the member saw.</summary>
        [Text(1, 32)]
        public required string PolicyVersion { get; init; }

        /// <summary>Agrees to be sent what advertises.</summary>
        public required bool Marketing { get; init; }

        /// <summary>Agrees to be shown offers that were chosen for them.</summary>
        public required bool Personalization { get; init; }
    }

    [Function(nameof(ChangeConsents))]
    [Caller(CallerKind.Member), Body(typeof(Request))]
    [EndpointSummary("同意或撤回授权"), Tags("会员")]
    [ProducesResponseType<ConsentsResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "me/consents")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var body = await request.Read<Request>(cancel);
        var decision = await transactor.Run(
            ConsentRows.Desk(caller.Id),
            new Operation(nameof(ChangeConsents), ids.Next(), Fingerprint: null),
            (desk, now) => MemberRules.ChangeConsents(
                desk.Member, body.PolicyVersion, body.Marketing, body.Personalization, now),
            cancel);
        if (decision.Refusal is { } refusal) return Answers.Problem(refusal);

        var member = await store.Find<Member>(MemberRows.Partition(caller.Id), MemberRows.Head, cancel);
        return Results.Ok(ConsentsResponse.Of(member?.Consents));
    }
}
