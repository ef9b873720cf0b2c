using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary><c>POST /wxa/business/getuserphonenumber</c>: a phone code against the shopper's number.</summary>
internal sealed class PhoneExchange(
    SandboxOptions options, PhoneCodes codes, SandboxTokens tokens, TimeProvider clock)
{
    public const string Path = "/wxa/business/getuserphonenumber";

    public async Task<IResult> Answer(HttpRequest request, CancellationToken cancel)
    {
        var (body, refused) = await JsonCall.Read<Body>(request, tokens, cancel);
        if (body is null)
            return refused!;

        return codes.Use(body.Code ?? "", body.OpenId) is { } shopper
            ? Number(shopper)
            : JsonCall.Error(WeChatError.BadCode);
    }

    /// <summary>Only a number from abroad carries its country code in <c>phoneNumber</c>.</summary>
    private IResult Number(Shopper shopper) => WeChatAnswer.Of(
        new
        {
            errcode = 0,
            errmsg = "ok",
            phone_info = new
            {
                phoneNumber = shopper.CountryCode == Shopper.ChinaCode
                    ? shopper.Phone
                    : $"+{shopper.CountryCode}{shopper.Phone}",
                purePhoneNumber = shopper.Phone,
                countryCode = shopper.CountryCode,
                watermark = new { timestamp = clock.GetUtcNow().ToUnixTimeSeconds(), appid = options.AppId },
            },
        },
        WeChatAnswer.OddJson);

    private sealed record Body(
        [property: JsonPropertyName("code")] string? Code,
        [property: JsonPropertyName("openid")] string? OpenId);
}
