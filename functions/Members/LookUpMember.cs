using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Coupons;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;
using Pond.Points;

namespace Pond.Members;

/// <summary>ADM-04: what service sees of a member. Who the member is as a person stays masked.</summary>
public sealed class LookUpMember(
    PartitionStore store,
    PersonalData people,
    SpendableLots lots,
    ValidCoupons coupons,
    OperatorCallers callers)
{
    /// <param name="Nickname">Its first character and a mask, or null when the member gave none.</param>
    /// <param name="SpendablePoints">What the member can spend now.</param>
    /// <param name="MergedInto">The account that this one has become part of; null for every other.</param>
    /// <param name="Coupons">How many lie in the wallet and are valid now.</param>
    public sealed record Response(
        string MemberId,
        MemberStatus Status,
        DateTimeOffset RegisteredAt,
        string? Nickname,
        long SpendablePoints,
        int Coupons,
        string? MergedInto);

    [Function(nameof(LookUpMember))]
    [Caller(CallerKind.Operator)]
    [EndpointSummary("查询会员（个人信息已脱敏）"), Tags("运营：会员")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator/members/{memberId}")] HttpRequest request,
        string memberId,
        CancellationToken cancel)
    {
        await callers.Require(request, cancel, OperatorRole.Service);
        var member = Ids.IsId(memberId)
            ? await store.Find<Member>(MemberRows.Partition(memberId), MemberRows.Head, cancel)
            : null;
        if (member is null) return Answers.Problem(MemberRefusals.Missing);

        var finding = people.Find(memberId, cancel);
        var summing = lots.PointsOf(memberId, cancel);
        var counting = coupons.CountOf(memberId, cancel);
        await Task.WhenAll(finding, summing, counting);
        return Results.Ok(new Response(
            memberId, member.Status, member.RegisteredAt, MemberNames.Masked(finding.Result?.Nickname), summing.Result,
            counting.Result, member.MergedInto));
    }
}
