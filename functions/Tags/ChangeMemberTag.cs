using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Tags;

/// <summary>TAG-02: an operator puts a tag on a member, or takes it off, with a reason.</summary>
public sealed class ChangeMemberTag(
    Transactor transactor,
    PartitionStore store,
    TagUses uses,
    OperatorCallers callers,
    Ids ids,
    TimeProvider clock)
{
    public sealed record Request
    {
        /// <summary>Whether the member has the tag from now on.</summary>
        public required bool IsOn { get; init; }

        /// <summary>From then on the member does not have it any more; none for no end.</summary>
        public DateTimeOffset? ExpiresAt { get; init; }

        /// <summary>Why; it stands in the audit.</summary>
        [Text(2, 200)]
        public required string Reason { get; init; }
    }

    public sealed record Response(string MemberId, string TagId, bool IsOn);

    [Function(nameof(ChangeMemberTag))]
    [Caller(CallerKind.Operator), Body(typeof(Request))]
    [EndpointSummary("给会员打上或去掉标签"), Tags("运营：标签")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "operator/members/{memberId}/tags/{tagId}")]
        HttpRequest request,
        string memberId,
        string tagId,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel, OperatorRole.Service, OperatorRole.Marketing);
        var body = await request.Read<Request>(cancel);
        if (!Ids.IsId(memberId)) return Answers.Problem(MemberRefusals.Missing);
        if (!Ids.IsId(tagId)) return Answers.Problem(TagRefusals.Missing);

        var decision = await (body.IsOn
            ? PutOn(memberId, tagId, body, caller.Id, cancel)
            : TakeOff(memberId, tagId, body.Reason, caller.Id, cancel));
        return decision.ToHttp(_ => Results.Ok(new Response(memberId, tagId, body.IsOn)));
    }

    private async Task<Decision<MemberTagEvent>> PutOn(
        string memberId, string tagId, Request body, string operatorId, CancellationToken cancel)
    {
        // What is refused leaves nothing, not even that the tag is in use.
        var standing = await store.Find<MemberStanding>(MemberRows.Partition(memberId), MemberRows.Head, cancel);
        if (MemberTagRules.WhyNot(standing, body.ExpiresAt, clock.GetUtcNow()) is { } why) return why;
        var (known, whyNot) = await uses.Use(tagId, family: null, cancel);
        if (known is null) return whyNot!;

        var tag = new MemberTag(
            tagId, known.Group, TagOrigin.Manual, clock.GetUtcNow(), body.ExpiresAt, operatorId);
        return await transactor.Run(
            MemberTagRows.Of(memberId),
            new Operation(nameof(ChangeMemberTag), ids.Next(), Fingerprint: null),
            (desk, now) => MemberTagRules.PutOn(desk, tag, operatorId, body.Reason, now),
            cancel);
    }

    private Task<Decision<MemberTagEvent>> TakeOff(
        string memberId, string tagId, string reason, string operatorId, CancellationToken cancel) =>
        transactor.Run(
            MemberTagRows.Of(memberId),
            new Operation(nameof(ChangeMemberTag), ids.Next(), Fingerprint: null),
            (desk, now) => MemberTagRules.TakeOff(desk, tagId, operatorId, reason, now),
            cancel);
}
