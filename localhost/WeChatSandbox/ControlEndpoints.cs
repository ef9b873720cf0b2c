using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>What no WeChat has: the levers of the sandbox, for people, scripts and tests.</summary>
internal sealed class ControlEndpoints(SandboxServer sandbox)
{
    public const string Prefix = "/__sandbox";

    public void Map(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup(Prefix);
        control.MapPost("/codes", (CodeWish wish) => NewCode(wish));
        control.MapGet("/codes", (string? shopper, string? unionId, string? appId, string? format) =>
            NewCode(new(shopper, unionId, appId), asText: format == "text"));
        control.MapPost("/phone-codes", (PhoneWish wish) => NewPhoneCode(wish));
        control.MapGet("/phone-codes", (string? shopper, string? phone, string? countryCode, string? format) =>
            NewPhoneCode(new(shopper, phone, countryCode), asText: format == "text"));
        control.MapGet("/shoppers", () => Results.Json(new { sandbox.Options.AppId, Shoppers = sandbox.Shoppers.All }));
        control.MapPut("/shoppers/{name}", (string name, ShopperChange change) => Change(name, change));
        control.MapGet("/failures", () => Results.Json(sandbox.Failures.All));
        control.MapPost("/failures", (Failure failure) => Fail(failure));
        control.MapDelete("/failures", () => Done(sandbox.Failures.Clear));
        control.MapPost("/tokens/invalidation", () => Done(sandbox.Tokens.Invalidate));
        control.MapPost("/reset", () => Done(sandbox.Reset));
    }

    private IResult NewCode(CodeWish wish, bool asText = false)
    {
        if (!Shoppers.IsName(wish.Shopper))
            return BadName();
        if (wish.UnionId is { Length: > 0 } unionId)
            sandbox.Shoppers.Bind(wish.Shopper, unionId);
        var code = sandbox.Codes.Issue(wish.Shopper, wish.AppId);
        var openId = Shoppers.OpenIdOf(wish.AppId ?? sandbox.Options.AppId, wish.Shopper);
        return asText ? Results.Text(code) : Results.Json(new { Code = code, OpenId = openId });
    }

    private IResult NewPhoneCode(PhoneWish wish, bool asText = false)
    {
        if (!Shoppers.IsName(wish.Shopper))
            return BadName();
        if (wish.Phone is { Length: > 0 } phone)
            sandbox.Shoppers.GivePhone(wish.Shopper, phone, wish.CountryCode ?? Shopper.ChinaCode);
        var code = sandbox.PhoneCodes.Issue(wish.Shopper);
        return asText ? Results.Text(code) : Results.Json(new { Code = code });
    }

    private IResult Change(string name, ShopperChange change)
    {
        if (!Shoppers.IsName(name))
            return BadName();
        if (change.UnionId is { Length: > 0 } unionId)
            sandbox.Shoppers.Bind(name, unionId);
        if (change.HighRisk is { } highRisk)
            sandbox.Shoppers.MarkRisk(name, highRisk);
        return Results.Json(sandbox.Shoppers.Named(name));
    }

    private IResult Fail(Failure failure)
    {
        if (failure.Problem() is { } problem)
            return Bad(problem);
        sandbox.Failures.Add(failure);
        return Results.Json(sandbox.Failures.All);
    }

    private static IResult Done(Action act)
    {
        act();
        return Results.NoContent();
    }

    private static IResult BadName() => Bad($"shopper: 1 … {Shoppers.NameCharsMax} characters, none of control");

    private static IResult Bad(string why) =>
        Results.Json(new { Error = why }, statusCode: StatusCodes.Status400BadRequest);

    /// <param name="AppId">Another mini-program's, to get a code that this one must refuse.</param>
    private sealed record CodeWish(string? Shopper, string? UnionId = null, string? AppId = null);

    /// <param name="Phone">A new number of the shopper, without the country code.</param>
    private sealed record PhoneWish(string? Shopper, string? Phone = null, string? CountryCode = null);

    /// <summary>What is null stays as it is.</summary>
    private sealed record ShopperChange(bool? HighRisk = null, string? UnionId = null);
}
