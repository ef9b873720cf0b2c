using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Platform.Http;
using Pond.Platform.WeChat;

namespace Pond.Members;

/// <summary>AUTH-02: binds the phone number behind a code of WeChat, in place of the one before.</summary>
public sealed class BindPhone(MemberCallers callers, PersonalData people, WeChatPhones phones, PhoneBinding binding)
{
    private static readonly Refusal CodeRefused =
        new("phone.code_refused", RefusalKind.Invalid, "手机号授权已失效，请重新点击授权。");

    private static readonly Refusal Busy =
        new("phone.wechat_busy", RefusalKind.Unavailable, "微信服务繁忙，请稍后再试。");

    private static readonly Refusal Unusable =
        new("phone.unusable", RefusalKind.Invalid, "暂不支持该手机号。");

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
        if (await people.Find(caller.Id, cancel) is not { } person) return Answers.Problem(MemberRefusals.Missing);

        return await phones.ExchangeCode(body.Code, person.OpenId, cancel) switch
        {
            PhoneOutcome.Found found when PhoneNumbers.Canonical(found.CountryCode, found.Number) is { } number =>
                await binding.Bind(caller.Id, number, cancel) is { } bound
                    ? Results.Ok(ProfileResponse.Of(caller, bound))
                    : Answers.Problem(Taken),
            PhoneOutcome.Found => Answers.Problem(Unusable),
            PhoneOutcome.CodeRefused => Answers.Problem(CodeRefused),
            _ => Answers.Problem(Busy),
        };
    }
}
