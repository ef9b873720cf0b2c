using System.Text.Json;
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
        if (!HttpMethods.IsPost(request.Method))
            return Error(WeChatError.NotPost);
        // WeChat's front turns chunked bodies away with this status before its API sees them.
        if (request.ContentLength is null)
            return Results.StatusCode(StatusCodes.Status412PreconditionFailed);
        if (tokens.Check(request.Query["access_token"]) is { } badToken)
            return Error(badToken);
        if (await Read(request, cancel) is not { } body)
            return Error(WeChatError.BadJson);

        return codes.Use(body.Code ?? "", body.OpenId) is { } shopper
            ? Number(shopper)
            : Error(WeChatError.BadCode);
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

    private static async Task<Body?> Read(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<Body>(request.Body, cancellationToken: cancel);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Error(WeChatError error) => WeChatAnswer.Of(error, WeChatAnswer.OddJson);

    private sealed record Body(
        [property: JsonPropertyName("code")] string? Code,
        [property: JsonPropertyName("openid")] string? OpenId);
}
