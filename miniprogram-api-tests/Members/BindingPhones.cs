using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Pond.LocalHost.WeChatSandbox;
using Pond.Members;

namespace Pond.Tests.Members;

[Rule("AUTH-02")]
public sealed class BindingPhones(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string PhonePath = "/wxa/business/getuserphonenumber";

    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task A_bound_number_is_shown_with_its_middle_hidden()
    {
        var phone = await api.LogIn("phone-shown");

        var answer = await phone.BindPhone("phone-shown", "13800010000");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("138****0000", (await answer.Json()).Text("phone"));
        var profile = await (await phone.Get("/api/me")).Json();
        Assert.Equal("138****0000", profile.Text("phone"));
    }

    [Fact]
    public async Task A_number_of_another_member_is_refused_and_stays_theirs()
    {
        var (first, second) = (await api.LogIn("phone-first"), await api.LogIn("phone-second"));
        await first.BindPhone("phone-first", "13800020001");

        await AssertRefused(
            await second.BindPhone("phone-second", "13800020001"), HttpStatusCode.Conflict, "phone.taken");

        Assert.Equal("13800020001"[^4..], (await ShownOf(first))![^4..]);
        Assert.Null(await ShownOf(second));
        Assert.Equal(HttpStatusCode.OK, (await first.BindPhone("phone-first")).StatusCode);
    }

    [Fact]
    public async Task A_new_number_frees_the_former_one()
    {
        var (first, second) = (await api.LogIn("phone-moving"), await api.LogIn("phone-heir"));
        await first.BindPhone("phone-moving", "13800030001");
        await first.BindPhone("phone-moving", "13800030002");

        var heir = await second.BindPhone("phone-heir", "13800030001");
        await AssertRefused(
            await second.BindPhone("phone-heir", "13800030002"), HttpStatusCode.Conflict, "phone.taken");

        Assert.Equal(HttpStatusCode.OK, heir.StatusCode);
        Assert.Equal(("138****0002", "138****0001"), (await ShownOf(first), await ShownOf(second)));
    }

    [Fact]
    public async Task Two_hundred_members_who_want_one_number_at_once_leave_it_with_exactly_one()
    {
        var names = Enumerable.Range(0, 200).Select(number => $"phone-racer-{number}").ToArray();
        var phones = await Task.WhenAll(names.Select(api.LogIn));

        var answers = await Task.WhenAll(phones.Zip(names, (phone, name) => phone.BindPhone(name, "13800040001")));
        var shown = await Task.WhenAll(phones.Select(ShownOf));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(
            answers.Where(answer => answer.StatusCode != HttpStatusCode.OK),
            answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.Single(shown, number => number is not null);
    }

    [Fact]
    public async Task One_member_who_binds_two_numbers_at_once_has_one_and_the_other_is_free()
    {
        var (phone, other) = (await api.LogIn("phone-both"), await api.LogIn("phone-taker"));
        api.Sandbox.Shoppers.GivePhone("phone-both", "13800050001");
        var codes = Enumerable.Range(0, 2).Select(_ => api.Sandbox.PhoneCodes.Issue("phone-both")).ToArray();

        var first = phone.Post("/api/me/phone", new { code = codes[0] });
        api.Sandbox.Shoppers.GivePhone("phone-both", "13800050002");
        var second = phone.Post("/api/me/phone", new { code = codes[1] });
        await Task.WhenAll(first, second);
        Assert.Equal(HttpStatusCode.OK, (await phone.BindPhone("phone-both", "13800050003")).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await other.BindPhone("phone-taker", "13800050001")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.BindPhone("phone-taker", "13800050002")).StatusCode);
        Assert.Equal("138****0003", await ShownOf(phone));
    }

    [Fact]
    public async Task A_claim_that_was_cut_off_holds_a_number_for_ten_minutes_and_no_longer()
    {
        var (dead, other) = (await api.LogIn("phone-dead"), await api.LogIn("phone-alive"));
        var identities = api.Services.GetRequiredService<Identities>();
        var key = identities.OfPhone("+8613800060001");
        await identities.TryLink(key, dead.MemberId, replacing: null, CancellationToken.None);

        await AssertRefused(
            await other.BindPhone("phone-alive", "13800060001"), HttpStatusCode.Conflict, "phone.taken");
        api.Clock.Advance(PhoneBinding.ClaimPatience);

        Assert.Equal(HttpStatusCode.OK, (await other.BindPhone("phone-alive")).StatusCode);
        await AssertRefused(await dead.BindPhone("phone-dead", "13800060001"), HttpStatusCode.Conflict, "phone.taken");
    }

    [Fact]
    public async Task A_code_works_once_and_for_its_own_shopper_only()
    {
        var (phone, thief) = (await api.LogIn("phone-once"), await api.LogIn("phone-thief"));
        var code = api.Sandbox.PhoneCodes.Issue("phone-once");

        await AssertRefused(
            await thief.Post("/api/me/phone", new { code }), HttpStatusCode.BadRequest, "phone.code_refused");
        Assert.Equal(HttpStatusCode.OK, (await phone.Post("/api/me/phone", new { code })).StatusCode);
        await AssertRefused(
            await phone.Post("/api/me/phone", new { code }), HttpStatusCode.BadRequest, "phone.code_refused");
    }

    [Fact]
    public async Task A_token_that_WeChat_takes_back_is_renewed_once()
    {
        var phone = await api.LogIn("phone-token");
        await phone.BindPhone("phone-token", "13800070001");

        api.Sandbox.Tokens.Invalidate();
        Assert.Equal(HttpStatusCode.OK, (await phone.BindPhone("phone-token", "13800070002")).StatusCode);

        api.Sandbox.Failures.Add(new Failure(PhonePath, FailureKind.ErrCode, Times: 2, ErrCode: 40001));
        await AssertRefused(
            await phone.BindPhone("phone-token"), HttpStatusCode.ServiceUnavailable, "phone.wechat_busy");
    }

    [Theory, InlineData(45011), InlineData(45009), InlineData(48001)]
    public async Task A_WeChat_that_will_not_is_an_answer_to_try_again(int errCode)
    {
        var phone = await shared.Newcomer();
        api.Sandbox.Failures.Add(new Failure(PhonePath, FailureKind.ErrCode, ErrCode: errCode));

        var answer = await phone.Post("/api/me/phone", new { code = "any" });

        await AssertRefused(answer, HttpStatusCode.ServiceUnavailable, "phone.wechat_busy");
    }

    [Fact]
    public async Task The_sandbox_gives_a_phone_code_to_people_too()
    {
        var phone = await api.LogIn("phone-curl");
        using var sandbox = new HttpClient { BaseAddress = api.Sandbox.Address };

        var code = await sandbox.GetStringAsync(
            "/__sandbox/phone-codes?shopper=phone-curl&phone=2025550123&countryCode=1&format=text");
        var answer = await phone.Post("/api/me/phone", new { code });

        Assert.Equal("+12****0123", (await answer.Json()).Text("phone"));
    }

    private static async Task<string?> ShownOf(Phone phone) =>
        (await (await phone.Get("/api/me")).Json()).TryGetProperty("phone", out var shown) ? shown.GetString() : null;

    private static async Task AssertRefused(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(code, await answer.Code());
        Assert.Equal(status, answer.StatusCode);
    }
}
