using System.Net;
using Pond.Kernel;
using Pond.Tests.Processes;
using static Pond.Tests.Coupons.CodeSteps;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Coupons;

[Rule("CPN-07")]
public class RedeemingCodes(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task A_code_brings_its_coupon_into_the_wallet_however_it_is_typed()
    {
        var templateId = await api.PublishTemplate(stock: 5, shards: 2);
        var code = (await api.CodesOf(templateId, 1))[0];
        var (phone, key) = (await shared.Newcomer(), Phone.NewKey());

        var answer = await phone.Post(RedemptionsOf(code.ToLowerInvariant().Replace('-', ' ')), key: key);
        var again = await phone.Post(RedemptionsOf(code.ToLowerInvariant().Replace('-', ' ')), key: key);
        await api.Deliver();

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(await answer.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        var coupon = Assert.Single((await (await phone.Get("/api/me/coupons")).Json()).Items());
        Assert.Equal((await answer.Json()).Text("couponId"), coupon.Text("couponId"));
        Assert.Equal((1, 4), await api.StockOf(templateId));
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Theory, InlineData(1), InlineData(4)]
    [Rule("D11")]
    public async Task Two_hundred_members_with_one_code_get_one_coupon(int shards)
    {
        var templateId = await api.PublishTemplate(stock: 10, shards: shards);
        var code = (await api.CodesOf(templateId, 1))[0];
        var phones = new List<Phone>();
        for (var i = 0; i < 200; i++) phones.Add(await shared.Newcomer());

        var answers = await Task.WhenAll(phones.Select(phone => phone.PostUntilAnswered(RedemptionsOf(code))));
        await api.Deliver();
        var codes = await Task.WhenAll(answers.Select(answer => answer.Code()));

        Assert.Single(codes, each => each is null);
        Assert.Equal(199, codes.Count(each => each == "coupon.code_unknown"));
        Assert.Equal((1, 9), await api.StockOf(templateId));
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Fact, Rule("D22")]
    public async Task The_limit_of_each_member_holds_for_codes_too_and_frees_the_code_again()
    {
        var templateId = await api.PublishTemplate(stock: 10, perMember: 2, shards: 3);
        var codes = await api.CodesOf(templateId, 4);
        var (greedy, other) = (await shared.Newcomer(), await shared.Newcomer());
        (await greedy.Post(ClaimsOf(templateId))).EnsureSuccessStatusCode();

        var answers = await Task.WhenAll(codes.Select(code => greedy.PostUntilAnswered(RedemptionsOf(code))));
        await api.Deliver();
        var refused = codes.Where((_, i) => !answers[i].IsSuccessStatusCode).ToList();
        var others = await Task.WhenAll(refused.Take(2).Select(code => other.PostUntilAnswered(RedemptionsOf(code))));
        await api.Deliver();

        Assert.Equal(3, refused.Count);
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode))
            Assert.Equal("coupon.limit_reached", await answer.Code());
        Assert.All(others, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Equal((4, 5), await api.StockOf(templateId)); // the tenth is the code that nobody has redeemed
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Theory, InlineData("paused"), InlineData("ended")]
    [Rule("D11")]
    public async Task A_code_of_a_stopped_template_gets_nothing_and_stays_free(string state)
    {
        var templateId = await api.PublishTemplate(stock: 5);
        var code = (await api.CodesOf(templateId, 1))[0];
        await api.ChangeTemplate(templateId, state);
        var phone = await shared.Newcomer();

        Assert.Equal("coupon.not_offered", await (await phone.Post(RedemptionsOf(code))).Code());
        await api.Deliver();
        Assert.Equal("coupon.not_offered", await (await (await shared.Newcomer()).Post(RedemptionsOf(code))).Code());
        await api.Deliver();
        if (state == "paused")
        {
            await api.ChangeTemplate(templateId, "published");
            Assert.Equal(HttpStatusCode.Accepted, (await phone.Post(RedemptionsOf(code))).StatusCode);
        }
    }

    [Fact]
    public async Task Outside_the_window_a_code_gets_nothing()
    {
        await using var own = await MiniProgramApi.Start();
        var templateId = await own.PublishTemplate(stock: 5);
        var code = (await own.CodesOf(templateId, 1))[0];
        own.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal("coupon.closed", await (await (await own.LogIn("alice")).Post(RedemptionsOf(code))).Code());
    }

    [Fact]
    public async Task Of_an_unknown_code_and_another_s_all_hear_the_same()
    {
        var templateId = await api.PublishTemplate(stock: 5);
        var code = (await api.CodesOf(templateId, 1))[0];
        var (first, second) = (await shared.Newcomer(), await shared.Newcomer());
        await first.Post(RedemptionsOf(code));
        await api.Deliver();

        var used = await second.Post(RedemptionsOf(code));
        var unknown = await second.Post(RedemptionsOf(CodeForms.Of(12_345)));

        Assert.Equal(HttpStatusCode.NotFound, used.StatusCode);
        Assert.Equal((used.StatusCode, await Detail(used)), (unknown.StatusCode, await Detail(unknown)));
        Assert.Equal("coupon.code_used", await (await first.Post(RedemptionsOf(code))).Code());
    }

    [Fact]
    public async Task A_mistyped_code_is_refused_before_any_code_is_looked_for()
    {
        await using var app = await FaultInjection.FaultyApp.Start();
        var phone = await app.Api.LogIn("alice");
        app.Faults.Count();

        var mistyped = await phone.Post(RedemptionsOf("2222-2222-2223"));
        var calls = app.Faults.Disarm();

        Assert.Equal(HttpStatusCode.BadRequest, mistyped.StatusCode);
        Assert.Equal("coupon.code_mistyped", await mistyped.Code());
        Assert.DoesNotContain(calls, call => call.Name.Contains(" k:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CouponCodes:AttemptsPerMemberPerMinute", 1)]
    [InlineData("CouponCodes:AttemptsPerAddressPerMinute", 12)]
    public async Task Codes_cannot_be_tried_all_the_time(string setting, int members)
    {
        const int most = 5;
        await using var own = await MiniProgramApi.Start(new Dictionary<string, string> { [setting] = $"{most}" });
        var phones = await Task.WhenAll(Enumerable.Range(0, members).Select(i => own.LogIn($"member-{i}")));

        var codes = new List<string?>();
        for (var i = 0; i < 12; i++)
            codes.Add(await (await phones[i % members].Post(RedemptionsOf(CodeForms.Of((uint)i)))).Code());

        Assert.Equal(most, codes.Count(code => code == "coupon.code_unknown"));
        Assert.Equal(12 - most, codes.Count(code => code == "rate.limited"));
    }

    [Fact, Rule("D37")]
    public async Task Nobody_redeems_without_a_login()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, RedemptionsOf("2222-2222-2222"));
        request.Headers.Add("Idempotency-Key", Phone.NewKey());

        Assert.Equal(HttpStatusCode.Unauthorized, (await api.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Codes_redeemed_while_their_batch_is_revoked_are_redeemed_or_revoked_and_never_both()
    {
        var templateId = await api.PublishTemplate(stock: 60, shards: 2);
        var batchId = await api.MakeCodes(templateId, 60);
        var codes = await (await api.ExportCodes(templateId, batchId)).Codes();
        var phones = new List<Phone>();
        for (var i = 0; i < codes.Length; i++) phones.Add(await shared.Newcomer());

        var redeeming = Task.WhenAll(phones.Select((phone, i) => phone.PostUntilAnswered(RedemptionsOf(codes[i]))));
        await api.Operator().Post($"{BatchesOf(templateId)}/{batchId}/revocation", new { reason = "海报印错" });
        await api.Deliver();
        var redeemed = (await redeeming).Count(answer => answer.StatusCode == HttpStatusCode.Accepted);
        await api.Deliver();

        Assert.Equal((redeemed, 60 - redeemed), await api.StockOf(templateId));
        Books.AssertBalanced(StoredRow.All(api));
    }

    private static async Task<string> Detail(HttpResponseMessage answer) => (await answer.Json()).Text("detail");
}
