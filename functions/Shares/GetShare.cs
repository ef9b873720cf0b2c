using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Shares;

/// <summary>
/// INV-03: somebody has followed a token or an invite code. Anybody sees the card, and whoever is logged in how it is
/// for them. A look is worth nothing to anybody, and leaves nothing.
/// </summary>
public sealed class GetShare(Sharing sharing, PartitionStore store, MemberNames names, MemberCallers callers)
{
    private const string Unnamed = "好友";

    /// <param name="Id">Of what was shared; null for an invitation.</param>
    /// <param name="ImageUrl">Null for none.</param>
    /// <param name="Inviter">The first character of a nickname and a mask, or 好友.</param>
    /// <param name="IsOwn">Whether the caller has shared it.</param>
    /// <param name="Opens">Who have opened it, each counted once a day; null for whoever has not shared it.</param>
    public sealed record Response(
        ShareKind Kind,
        string? Id,
        string? Channel,
        string Title,
        string? ImageUrl,
        string Inviter,
        bool IsOwn,
        long? Opens,
        Eligibility Eligibility);

    /// <summary>Whether the caller could take part now, as far as a look tells; without a login, whether anybody could.
    /// </summary>
    /// <param name="Code">Of the refusal that would be the answer; null when there is none.</param>
    /// <param name="Detail">The same as a sentence for shoppers.</param>
    public sealed record Eligibility(bool IsEligible, string? Code, string? Detail);

    [Function(nameof(GetShare))]
    [Caller(CallerKind.Anyone)]
    [EndpointSummary("打开分享或邀请码"), Tags("分享")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "shares/{token}")] HttpRequest request,
        string token,
        CancellationToken cancel)
    {
        var viewer = await callers.Find(request, cancel);
        if (await sharing.Look(token, viewer, cancel) is not { } landing)
            return Answers.Problem(ShareRefusals.Missing);

        var (share, why) = (landing.Share, landing.WhyNot);
        return Results.Ok(new Response(
            share.Kind,
            share.ObjectId,
            share.Channel,
            landing.Thing?.Title ?? share.Title,
            landing.Thing is { } thing ? thing.ImageUrl : share.ImageUrl,
            await names.Masked(share.SharerId, cancel) ?? Unnamed,
            landing.IsOwn,
            landing.IsOwn ? (await OpenRows.FindCount(store, share.Token, cancel)).Opens : null,
            new Eligibility(why is null, why?.Code, why?.Message)));
    }
}
