using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>
/// AUTH-10: the caller proves the number of another account of theirs, and the two become one: the older. Points,
/// coupons, growth and tier follow a moment later.
/// </summary>
/// <remarks>
/// A code works once, so it is no part of the wish: the same key with a fresh code is the same merge.
/// </remarks>
public sealed class MergeMembers(
    MemberCallers callers,
    PhoneProofs proofs,
    Identities identities,
    PersonalData people,
    Survivors survivors,
    Merging merging)
{
    public sealed record Request
    {
        /// <summary>A fresh code of the button <c>getPhoneNumber</c>: it proves the other account's number.</summary>
        [Text(1, 128)]
        public required string Code { get; init; }

        /// <summary>True once the member has been told that there is no way back.</summary>
        public required bool Confirm { get; init; }
    }

    /// <param name="MemberId">Who the caller is from now on.</param>
    /// <param name="SignInAgain">Whether the caller's account was the younger, so that its sessions have ended.</param>
    public sealed record Response(string MemberId, bool SignInAgain);

    [Function(nameof(MergeMembers))]
    [Caller(CallerKind.Member), Body(typeof(Request)), NeedsIdempotencyKey]
    [EndpointSummary("合并我的两个账号"), Tags("会员")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "me/merge")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var operation = request.Operation(nameof(MergeMembers), caller.Id);
        var body = await request.Read<Request>(cancel);
        if (!body.Confirm) return Answers.Problem(MergeRefusals.Unconfirmed);

        var merge = await merging.FindBegun(caller.Id, operation, cancel);
        if (merge is null)
        {
            var number = await proofs.NumberOf(caller.Id, body.Code, cancel);
            if (await OwnerOf(caller.Id, number, cancel) is not { } ownerId)
                return Answers.Problem(MergeRefusals.Nobody);
            if (ownerId == caller.Id) return Results.Ok(new Response(caller.Id, SignInAgain: false));

            (merge, var refusal) = await merging.Begin(caller.Id, ownerId, operation, cancel);
            if (merge is null) return Answers.Problem(refusal!);
        }

        return await merging.Decide(merge, cancel) is { } declined
            ? Answers.Problem(declined)
            : Results.Ok(new Response(merge.IntoMemberId, SignInAgain: merge.FromMemberId == caller.Id));
    }

    // A claim alone, which a binding may have left behind, makes nobody the owner.
    private async Task<string?> OwnerOf(string callerId, string number, CancellationToken cancel)
    {
        if (await identities.Find(identities.OfPhone(number), cancel) is not { } held) return null;
        var ownerId = (await survivors.Find(held.MemberId, cancel))?.Id;
        if (ownerId is null || ownerId == callerId) return ownerId;
        return (await people.Find(ownerId, cancel))?.IsKnownBy(number) is true ? ownerId : null;
    }
}
