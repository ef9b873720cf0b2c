using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>AUTH-02: binds the phone number behind a code of WeChat, in place of the one before.</summary>
public sealed class BindPhone(MemberCallers callers, PhoneProofs proofs, PhoneBinding binding)
{
    private static readonly Refusal Taken =
        new("phone.taken", RefusalKind.Conflict, "该手机号已绑定其他会员，如有疑问请联系客服。");

    public sealed record Request
    {
        /// <summary>The code of the button <c>getPhoneNumber</c>: five minutes, one use.</summary>
        [Text(1, 128)]
        public required string Code { get; init; }
    }

    [Function(nameof(BindPhone))]
    [Caller(CallerKind.Member), Body(typeof(Request))]
    [EndpointSummary("绑定手机号"), Tags("会员")]
    [ProducesResponseType<ProfileResponse>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "me/phone")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.RequireActive(request, cancel);
        var body = await request.Read<Request>(cancel);
        var number = await proofs.NumberOf(caller.Id, body.Code, cancel);
        return await binding.Bind(caller.Id, number, cancel) is { } bound
            ? Results.Ok(ProfileResponse.Of(caller, bound))
            : Answers.Problem(Taken);
    }
}
