using System.Net;
using System.Net.Http.Headers;
using Pond.Activities;
using Pond.Shares;
using Pond.Tests.Activities;
using Pond.Tests.Coupons;
using Pond.Tests.Members;
using Pond.Tests.Orders;
using Pond.Tests.Points;

namespace Pond.Tests.Shares;

/// <summary>Sharing things, and what whoever follows sees.</summary>
public sealed class SharingThings(SharedApi app) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact, Rule("INV-02")]
    public async Task A_share_is_a_card_with_a_token_that_fits_a_mini_program_code()
    {
        var phone = await app.Newcomer();

        var card = await phone.Share("product", await Product(), "poster");

        Assert.Equal(("龙井", "https://example.com/tea.jpg"), (card.Text("title"), card.Text("imageUrl")));
        Assert.Matches("^[0-9a-z]{26}$", card.Text("token"));
        Assert.Equal($"/pages/share/index?t={card.Text("token")}", card.Text("path"));
        Assert.DoesNotContain(phone.MemberId, card.GetRawText(), StringComparison.Ordinal);
    }

    [Fact, Rule("INV-02")]
    public async Task The_same_sharer_thing_and_channel_have_one_token_and_any_other_has_another()
    {
        var (one, other, first, second) = (await app.Newcomer(), await app.Newcomer(), await Product(), await Product());

        string[] same = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => one.ShareToken("product", first)));
        string[] all =
        [
            same[0], await one.ShareToken("product", second), await one.ShareToken("product", first, "poster"),
            await one.ShareToken("product", first, "friend"), await other.ShareToken("product", first),
        ];

        Assert.Single(same.Distinct());
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Theory, Rule("INV-02")]
    [InlineData("product", "nothing"), InlineData("product", "no such id"), InlineData("coupon", "nothing")]
    [InlineData("groupBuy", "nothing"), InlineData("bargain", "00000000000000000000000000")]
    [InlineData("flashSale", "x"), InlineData("invite", "x")]
    public async Task What_is_not_there_cannot_be_shared(string kind, string id)
    {
        var answer = await (await app.Newcomer()).TryShare(kind, id);

        Assert.Equal((HttpStatusCode.NotFound, "share.nothing_there"), (answer.StatusCode, await answer.Code()));
    }

    [Fact, Rule("INV-02")]
    public async Task What_shoppers_do_not_see_yet_cannot_be_shared()
    {
        var phone = await app.Newcomer();
        var activity = await api.Draft(ActivitySteps.Plan(api, await api.Product()));
        var template = await api.DraftTemplate(Some.Template());

        Assert.Equal("share.nothing_there", await (await phone.TryShare("groupBuy", activity)).Code());
        Assert.Equal("share.nothing_there", await (await phone.TryShare("coupon", template)).Code());
    }

    [Fact, Rule("INV-03")]
    public async Task Anybody_sees_the_card_and_no_more_of_the_sharer_than_a_masked_name()
    {
        var (phone, spuId) = (await app.Newcomer(), await Product());
        var token = await phone.ShareToken("product", spuId, "poster");
        Assert.Equal("好友", (await api.Landing(token)).Text("inviter"));
        (await phone.Put("/api/me", new { nickname = "👨‍👩‍👧张三" })).EnsureSuccessStatusCode();

        var landing = await api.Landing(token);

        Assert.Equal(
            ("product", spuId, "poster", "龙井", "👨‍👩‍👧*"),
            (landing.Text("kind"), landing.Text("id"), landing.Text("channel"), landing.Text("title"),
                landing.Text("inviter")));
        Assert.Null(landing.WhyNot());
        Assert.DoesNotContain(phone.MemberId, landing.GetRawText(), StringComparison.Ordinal);
    }

    [Fact, Rule("INV-03")]
    public async Task A_broken_login_sees_what_anybody_sees()
    {
        var token = await (await app.Newcomer()).ShareToken("product", await Product());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/shares/{token}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "not.a.token");

        var answer = await api.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null((await answer.Json()).WhyNot());
    }

    [Theory, Rule("INV-03")]
    [InlineData("00000000000000000000000000"), InlineData("x"), InlineData("ABCDEFGH"), InlineData("%E5%A5%BD")]
    public async Task What_nobody_has_shared_is_missing(string token)
    {
        var answer = await api.Http.GetAsync($"/api/shares/{token}");

        Assert.Equal((HttpStatusCode.NotFound, "share.missing"), (answer.StatusCode, await answer.Code()));
    }

    [Fact, Rule("INV-03")]
    public async Task A_product_that_is_off_sale_keeps_its_card_and_nobody_is_promised_it()
    {
        var (phone, spuId) = (await app.Newcomer(), await Product());
        var token = await phone.ShareToken("product", spuId);
        (await api.Operator().Put($"/api/operator/products/{spuId}/state", new { state = "offSale", reason = "a test" }))
            .EnsureSuccessStatusCode();

        var landing = await (await app.Newcomer()).Landing(token);

        Assert.Equal(("龙井", "share.gone"), (landing.Text("title"), landing.WhyNot()));
        Assert.Equal("share.nothing_there", await (await phone.TryShare("product", spuId)).Code());
    }

    [Fact, Rule("INV-03")]
    public async Task A_coupon_says_to_each_viewer_what_a_claim_would_say()
    {
        var template = await api.PublishTemplate(Some.Template(stock: 2, perMember: 1));
        await api.Deliver();
        var (sharer, first, second, late) =
            (await app.Newcomer(), await app.Newcomer(), await app.Newcomer(), await app.Newcomer());
        var token = await sharer.ShareToken("coupon", template);

        Assert.Null((await first.Landing(token)).WhyNot());
        (await first.Post(CouponSteps.ClaimsOf(template))).EnsureSuccessStatusCode();
        Assert.Equal(
            ("coupon.limit_reached", null, null),
            ((await first.Landing(token)).WhyNot(), (await second.Landing(token)).WhyNot(), (await api.Landing(token)).WhyNot()));
        (await second.Post(CouponSteps.ClaimsOf(template))).EnsureSuccessStatusCode();

        var refused = await (await late.Post(CouponSteps.ClaimsOf(template))).Code();
        Assert.Equal((refused, refused), ((await late.Landing(token)).WhyNot(), (await api.Landing(token)).WhyNot()));
        (await api.Operator().Put($"/api/operator/coupon-templates/{template}/state", new { state = "paused" }))
            .EnsureSuccessStatusCode();
        Assert.Equal(await (await late.Post(CouponSteps.ClaimsOf(template))).Code(), (await late.Landing(token)).WhyNot());
    }

    [Theory, Rule("INV-03"), Rule("ACT-02")]
    [InlineData("groupBuy", ActivityKind.GroupBuy), InlineData("bargain", ActivityKind.Bargain)]
    [InlineData("flashSale", ActivityKind.FlashSale)]
    public async Task An_activity_says_whether_it_is_open(string share, ActivityKind kind)
    {
        var plan = ActivitySteps.Plan(api, await api.Product());
        var id = await api.Published(plan with { StartsAt = plan.StartsAt.AddHours(1) }, kind);
        var card = await (await app.Newcomer()).Share(share, id);
        var token = card.Text("token");
        Assert.Equal(("春茶拼团", "https://example.com/tea.jpg"), (card.Text("title"), card.Text("imageUrl")));

        Assert.Equal("activity.not_open", (await api.Landing(token)).WhyNot());
        api.Clock.MoveTo(plan.StartsAt.AddHours(1));
        Assert.Null((await api.Landing(token)).WhyNot());
        await api.Turn(id, "paused");
        Assert.Equal("activity.paused", (await api.Landing(token)).WhyNot());
        await api.Turn(id, "ended");
        Assert.Equal("activity.over", (await api.Landing(token)).WhyNot());
        foreach (var other in new[] { "groupBuy", "bargain", "flashSale" }.Where(other => other != share))
            Assert.Equal("share.nothing_there", await (await (await app.Newcomer()).TryShare(other, id)).Code());
    }

    [Fact, Rule("INV-03")]
    public async Task The_sharer_sees_that_it_is_their_own_and_a_frozen_viewer_that_they_get_nothing()
    {
        var (sharer, frozen) = (await app.Newcomer(), await app.Newcomer());
        var token = await sharer.ShareToken("product", await Product());
        await api.SetStatus(frozen.MemberId, "frozen");

        var (own, others) = (await sharer.Landing(token), await frozen.Landing(token));

        Assert.Equal((true, null), (own.GetProperty("isOwn").GetBoolean(), own.WhyNot()));
        Assert.Equal((false, "member.frozen"), (others.GetProperty("isOwn").GetBoolean(), others.WhyNot()));
    }

    [Fact, Rule("INV-03")]
    public async Task Who_has_left_is_a_friend_without_a_name()
    {
        var sharer = await app.Newcomer();
        (await sharer.Put("/api/me", new { nickname = "张三" })).EnsureSuccessStatusCode();
        var token = await sharer.ShareToken("product", await Product());
        (await sharer.Delete("/api/me")).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal("好友", (await api.Landing(token)).Text("inviter"));
    }

    [Fact, Rule("INV-02"), Rule("INV-03")]
    public async Task Neither_sharing_nor_opening_brings_anybody_anything_or_tells_any_other_slice()
    {
        await using var alone = await MiniProgramApi.Start();
        var (sharer, viewer) = (await alone.LogIn("alice"), await alone.LogIn("bob"));
        var spuId = (await alone.Product())[..^2];
        await alone.Deliver();
        var before = Others(alone);

        var token = await sharer.ShareToken("product", spuId);
        var code = await sharer.InviteCode();
        var shared = StoredRow.AllButHints(alone);
        foreach (var phone in new[] { viewer, sharer })
        {
            await phone.Landing(token);
            await phone.Landing(code);
        }

        Assert.Equal(shared, StoredRow.AllButHints(alone)); // a look leaves nothing
        Assert.Equal(0, await alone.Deliver());
        Assert.Equal(before, Others(alone));
        Assert.Equal((0, 0), (await sharer.SpendablePoints(), await viewer.SpendablePoints()));
        Assert.Null(ShareRows.Of(token).Announce);
    }

    [Fact, Rule("AUTH-11")]
    public async Task What_a_member_has_shared_is_theirs_to_take_along()
    {
        var phone = await app.Newcomer();
        var (token, code) = (await phone.ShareToken("product", await Product(), "poster"), await phone.InviteCode());

        var account = (await (await phone.Get("/api/me/export")).Json()).GetProperty("accounts")[0];

        Assert.Equal(
            new[] { (token, "poster"), (code, null) }.Order(),
            account.GetProperty("shares").EnumerateArray().Select(share => (
                share.Text("token"),
                share.TryGetProperty("channel", out var channel) ? channel.GetString() : null)).Order());
    }

    // All but what is kept of shares, and of the operations that made them.
    private static IReadOnlyList<StoredRow> Others(MiniProgramApi api) =>
    [
        .. StoredRow.AllButHints(api).Where(row => !row.Partition.StartsWith("sh:", StringComparison.Ordinal)
            && !row.Key.StartsWith("share:", StringComparison.Ordinal)
            && !row.Key.StartsWith($"op:{nameof(Sharing)}:", StringComparison.Ordinal)),
    ];

    // The id of a product on sale.
    private async Task<string> Product() => (await api.Product())[..^2];
}
