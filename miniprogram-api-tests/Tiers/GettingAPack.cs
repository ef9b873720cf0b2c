using System.Text.Json;
using System.Text.Json.Nodes;
using Pond.Platform;
using Pond.Tests.Coupons;
using Pond.Tests.Members;
using static Pond.Tests.Tiers.TierSteps;

namespace Pond.Tests.Tiers;

[Rule("MBR-03")]
public sealed class GettingAPack : IAsyncLifetime
{
    private MiniProgramApi api = null!;

    public async Task InitializeAsync() => api = await MiniProgramApi.Start();

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task Every_coupon_of_the_pack_is_in_the_wallet_once_however_often_the_message_comes()
    {
        string[] templates = [await api.PublishTemplate(), await api.PublishTemplate(perMember: 5, shards: 3)];
        await SetPack(templates);
        var alice = await api.LogIn("alice");
        await api.Grow(alice, 1_000);

        var waiting = await api.DeliverThrice(seed: 1);
        await api.DeliverAsIfNeverRemoved(waiting, seed: 2);

        Assert.Equal(
            templates.Order(),
            (await Wallet(alice)).Select(coupon => coupon.Text("templateId")).Order());
        Assert.Empty(await Refused(alice));
    }

    [Fact, Rule("CPN-04")]
    public async Task Whoever_has_as_many_as_a_member_may_have_gets_no_more_and_service_sees_it()
    {
        var templateId = await api.PublishTemplate(stock: 5, perMember: 1);
        await SetPack(templateId);
        var alice = await api.LogIn("alice");
        (await alice.Post(CouponSteps.ClaimsOf(templateId))).EnsureSuccessStatusCode();
        await api.Grow(alice, 1_000);

        var waiting = await api.DeliverThrice(seed: 3);
        await api.DeliverAsIfNeverRemoved(waiting, seed: 4);

        Assert.Equal((1, 4), await api.StockOf(templateId));
        var refused = Assert.Single(await Refused(alice));
        Assert.Equal(
            (templateId, "tier:silver:1", "coupon.limit_reached"),
            (refused.Text("templateId"), refused.Text("occasion"), refused.Text("code")));
    }

    [Fact, Rule("CPN-01"), Rule("CPN-04")]
    public async Task Sixty_who_enter_at_once_get_no_more_than_there_is_and_the_others_are_on_the_list()
    {
        const int members = 60;
        const int stock = 25;
        var templateId = await api.PublishTemplate(stock: stock, shards: 3);
        await SetPack(templateId);
        var phones = await Task.WhenAll(Enumerable.Range(0, members).Select(i => api.LogIn($"member-{i}")));

        await Task.WhenAll(phones.Select(phone => api.Grow(phone, 1_000)));
        await api.Deliver();

        var wallets = await Task.WhenAll(phones.Select(Wallet));
        var refusals = await Task.WhenAll(phones.Select(Refused));
        Assert.Equal((stock, 0), await api.StockOf(templateId));
        Assert.Equal(stock, wallets.Sum(wallet => wallet.Length));
        Assert.All(wallets.Zip(refusals), both => Assert.Equal(1, both.First.Length + both.Second.Length));
        Assert.All(refusals.SelectMany(each => each), each => Assert.Equal("coupon.sold_out", each.Text("code")));
    }

    [Fact, Rule("CPN-01"), Rule("AUTH-03")]
    public async Task Nothing_is_issued_of_what_is_paused_or_not_there_or_to_who_was_frozen_meanwhile()
    {
        var paused = await api.PublishTemplate();
        await api.ChangeTemplate(paused, "paused");
        await SetPack(paused, new Ids().Next());
        var (alice, bob) = (await api.LogIn("alice"), await api.LogIn("bob"));
        await api.Grow(alice, 1_000);
        await api.Grow(bob, 1_000);
        await api.SetStatus(bob.MemberId, "frozen");
        await api.Deliver();

        Assert.Equal(
            ["coupon.not_offered", "coupon.template_missing"],
            (await Refused(alice)).Select(each => each.Text("code")).Order());
        Assert.All(await Refused(bob), each => Assert.Equal("member.frozen", each.Text("code")));
        Assert.Empty(await Wallet(alice));
        Assert.Empty(await Wallet(bob));
    }

    private Task SetPack(params string[] templateIds)
    {
        var programme = Programme();
        programme["tiers"] = new JsonArray(
            Tier("member", 0, 0, 0), Tier("silver", 10, 1_000, 800, couponTemplateIds: templateIds));
        return api.SetProgramme(programme);
    }

    private static Task<JsonElement[]> Wallet(Phone phone) => phone.AllPages("/api/me/coupons", 100);

    private Task<JsonElement[]> Refused(Phone phone) =>
        api.Operator().AllPages($"/api/operator/members/{phone.MemberId}/refused-gifts", 100);
}
