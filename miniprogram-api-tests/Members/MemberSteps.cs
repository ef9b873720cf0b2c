using System.Net.Http.Json;

namespace Pond.Tests.Members;

/// <summary>What tests of members do over and over.</summary>
internal static class MemberSteps
{
    public static Task<HttpResponseMessage> LogInWith(
        this MiniProgramApi api, string code, string? scene = null, string? inviteCode = null) =>
        api.Http.PostAsJsonAsync("/api/session", new { code, scene, inviteCode });

    public static Task<HttpResponseMessage> Refresh(this MiniProgramApi api, string refreshToken) =>
        api.Http.PostAsJsonAsync("/api/session/refresh", new { refreshToken });

    /// <summary>The same device with the tokens that a refresh answered.</summary>
    public static async Task<Phone> Refreshed(this Phone phone)
    {
        var session = await (await phone.Api.Refresh(phone.RefreshToken)).Json();
        return phone with { AccessToken = session.Text("accessToken"), RefreshToken = session.Text("refreshToken") };
    }

    /// <summary>A tap on the button that tells the phone number, and what the mini-program does with its code.</summary>
    /// <param name="number">A new number of the shopper's, without the country code.</param>
    public static Task<HttpResponseMessage> BindPhone(
        this Phone phone, string shopper, string? number = null, string countryCode = "86")
    {
        var sandbox = phone.Api.Sandbox;
        if (number is not null) sandbox.Shoppers.GivePhone(shopper, number, countryCode);
        return phone.Post("/api/me/phone", new { code = sandbox.PhoneCodes.Issue(shopper) });
    }

    /// <summary>Proves the shopper's number, and asks to be one with whoever has it.</summary>
    public static Task<HttpResponseMessage> Merge(this Phone phone, string shopper, string? key = null) => phone.Post(
        "/api/me/merge", new { code = phone.Api.Sandbox.PhoneCodes.Issue(shopper), confirm = true }, key);

    /// <summary>
    /// Two accounts of one person: the older has the number that both their phones tell, and the younger has none.
    /// </summary>
    public static async Task<(Phone Older, Phone Younger)> LogInTwice(
        this MiniProgramApi api, string older, string younger, string number)
    {
        var first = await api.LogIn(older);
        (await first.BindPhone(older, number)).EnsureSuccessStatusCode();
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        api.Sandbox.Shoppers.GivePhone(younger, number);
        return (first, await api.LogIn(younger));
    }

    public static Task<HttpResponseMessage> SetStatus(
        this MiniProgramApi api, string memberId, string status, string reason = "a test") =>
        api.Operator().Put($"/api/operator/members/{memberId}/status", new { status, reason });
}
