using System.Net;
using Pond.Members;

namespace Pond.Tests.Members;

[Rule("AUTH-04")]
public class KeepingSessions(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task An_access_token_ends_after_a_quarter_of_an_hour()
    {
        var phone = await shared.Newcomer();

        api.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await phone.Get("/api/me")).StatusCode);
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertSignedOut(phone);
    }

    [Fact]
    public async Task A_refresh_answers_a_new_pair_that_works()
    {
        var phone = await shared.Newcomer();
        api.Clock.Advance(TimeSpan.FromHours(1));

        var refreshed = await phone.Refreshed();

        Assert.NotEqual(phone.RefreshToken, refreshed.RefreshToken);
        Assert.Equal(HttpStatusCode.OK, (await refreshed.Get("/api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await refreshed.Refreshed()).Get("/api/me")).StatusCode);
    }

    [Fact]
    public async Task A_refresh_token_that_comes_twice_signs_its_device_out_and_no_other()
    {
        var phone = await api.LogIn("robbed");
        var tablet = await api.LogIn("robbed");
        var refreshed = await phone.Refreshed();

        var reused = await api.Refresh(phone.RefreshToken);

        await AssertRefused(reused);
        await AssertRefused(await api.Refresh(refreshed.RefreshToken));
        await AssertSignedOut(refreshed);
        await AssertSignedOut(phone);
        Assert.Equal(HttpStatusCode.OK, (await tablet.Get("/api/me")).StatusCode);
    }

    [Fact]
    public async Task Ten_refreshes_at_once_with_one_token_leave_at_most_one_pair()
    {
        var phone = await shared.Newcomer();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => api.Refresh(phone.RefreshToken)));

        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), 0, 1);
        await AssertSignedOut(phone);
    }

    [Fact]
    public async Task A_refresh_token_ends_thirty_days_after_its_last_use()
    {
        var phone = await shared.Newcomer();
        api.Clock.Advance(MemberRules.RefreshLifetime - TimeSpan.FromSeconds(1));
        var refreshed = await phone.Refreshed();
        api.Clock.Advance(MemberRules.RefreshLifetime);

        await AssertRefused(await api.Refresh(refreshed.RefreshToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("00000000000000000000000000.00000000000000000000000000.AAAA")]
    public async Task What_is_no_refresh_token_is_refused(string token)
    {
        var answer = await api.Refresh(token);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest });
    }

    [Fact]
    public async Task A_refresh_token_is_no_access_token_nor_the_other_way_round()
    {
        var phone = await shared.Newcomer();

        await AssertSignedOut(phone with { AccessToken = phone.RefreshToken });
        Assert.False((await api.Refresh(phone.AccessToken)).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.OK, (await phone.Get("/api/me")).StatusCode);
    }

    [Fact]
    public async Task Who_signs_out_is_out_at_once()
    {
        var phone = await api.LogIn("leaving");
        var tablet = await api.LogIn("leaving");

        var answer = await phone.Delete("/api/session");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await AssertSignedOut(phone);
        await AssertRefused(await api.Refresh(phone.RefreshToken));
        Assert.Equal(HttpStatusCode.OK, (await tablet.Get("/api/me")).StatusCode);
    }

    [Fact]
    public async Task The_eleventh_device_signs_out_the_one_unused_for_longest()
    {
        var phones = new List<Phone>();
        for (var device = 0; device < Member.SessionsMax; device++) phones.Add(await api.LogIn("many-devices"));
        phones[0] = await phones[0].Refreshed();
        phones.Add(await api.LogIn("many-devices"));

        var isIn = await Task.WhenAll(phones.Select(async phone => (await phone.Get("/api/me")).IsSuccessStatusCode));

        Assert.Equal([true, false, .. Enumerable.Repeat(true, 9)], isIn);
    }

    [Fact]
    public async Task A_token_with_a_changed_letter_is_worth_nothing()
    {
        var phone = await shared.Newcomer();
        var parts = phone.AccessToken.Split('.');
        parts[1] = (parts[1][0] == 'e' ? 'f' : 'e') + parts[1][1..];

        await AssertSignedOut(phone with { AccessToken = string.Join('.', parts) });
        await AssertSignedOut(phone with { AccessToken = parts[0] + "." + phone.AccessToken.Split('.')[1] + "." });
    }

    private static async Task AssertSignedOut(Phone phone) => await AssertRefused(await phone.Get("/api/me"));

    private static async Task AssertRefused(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("auth.unauthenticated", await answer.Code());
    }
}
