using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Members;
using Pond.Platform.Http;

namespace Pond.Shares;

/// <summary>
/// INV-02: a member is about to share something, and gets the card for it. Sharing brings nothing, so this needs no
/// key: the same wish has the same token.
/// </summary>
public sealed class ShareThing(Sharing sharing, MemberCallers callers)
{
    public sealed record Request
    {
        public required ShareKind Kind { get; init; }

        /// <summary>Of the product (SPU), the coupon's template, the activity, the group or the attempt.</summary>
        [Text(1, ShareRules.IdCharsMax)]
        public required string Id { get; init; }

        /// <summary>Where it is shared, such as <c>friend</c> or <c>poster</c>: each has a token of its own.</summary>
        [Text(1, ShareRules.ChannelCharsMax)]
        public string? Channel { get; init; }
    }

    /// <param name="Token">For the scene of a mini-program code.</param>
    /// <param name="ImageUrl">Null for none: WeChat shows the page.</param>
    /// <param name="Path">For <c>onShareAppMessage</c>.</param>
    public sealed record Response(string Token, string Title, string? ImageUrl, string Path);

    [Function(nameof(ShareThing))]
    [Caller(CallerKind.Member), Body(typeof(Request))]
    [EndpointSummary("生成分享卡片"), Tags("分享")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "shares")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<Request>(cancel);
        var (share, whyNot) = await sharing.Make(caller.Id, body.Kind, body.Id, body.Channel, cancel);
        return share is null
            ? Answers.Problem(whyNot!)
            : Results.Ok(new Response(
                share.Token, share.Title, share.ImageUrl, ShareRules.PathOf(share.Token)));
    }
}
