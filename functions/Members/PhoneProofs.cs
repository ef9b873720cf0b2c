using Pond.Kernel;
using Pond.Platform.Http;
using Pond.Platform.WeChat;

namespace Pond.Members;

/// <summary>AUTH-02: the phone number that a code of WeChat proves.</summary>
public sealed class PhoneProofs(PersonalData people, WeChatPhones phones)
{
    private static readonly Refusal CodeRefused =
        new("phone.code_refused", RefusalKind.Invalid, "手机号授权已失效，请重新点击授权。");

    private static readonly Refusal Busy =
        new("phone.wechat_busy", RefusalKind.Unavailable, "微信服务繁忙，请稍后再试。");

    private static readonly Refusal Unusable =
        new("phone.unusable", RefusalKind.Invalid, "暂不支持该手机号。");

    /// <summary>The number in its canonical form.</summary>
    /// <exception cref="ProblemException">The code proves none, or nobody can tell.</exception>
    public async Task<string> NumberOf(string memberId, string code, CancellationToken cancel)
    {
        if (await people.Find(memberId, cancel) is not { } person) throw new ProblemException(MemberRefusals.Missing);
        return await phones.ExchangeCode(code, person.OpenId, cancel) switch
        {
            PhoneOutcome.Found found =>
                PhoneNumbers.Canonical(found.CountryCode, found.Number) ?? throw new ProblemException(Unusable),
            PhoneOutcome.CodeRefused => throw new ProblemException(CodeRefused),
            _ => throw new ProblemException(Busy),
        };
    }
}
