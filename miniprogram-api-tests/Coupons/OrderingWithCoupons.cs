using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pond.Coupons;
using Pond.Kernel;
using Pond.Platform;
using Pond.Tests.Members;
using static Pond.Tests.Coupons.CouponSteps;
using static Pond.Tests.OrderNews;

namespace Pond.Tests.Coupons;

/// <summary>What an order does with coupons, told as orders tell it.</summary>
public sealed class OrderingWithCoupons(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string Gone = "not in the wallet";

    private readonly MiniProgramApi api = shared.Api;

    [Fact, Rule("CPN-10")]
    public async Task An_order_takes_all_of_its_coupons_or_none()
    {
        var (phone, coupons) = await Owner(3);
        var order = $"order-{phone.MemberId}";
        Assert.Null(await Reserve(phone, $"{order}-first", coupons[2]));

        Assert.Equal(CouponRefusals.Held, await Reserve(phone, order, coupons));
        Assert.Equal(["issued", "issued", "reserved"], await States(phone, coupons));
        Assert.Equal(CouponRefusals.Missing, await Reserve(phone, order, coupons[0], new Ids().Next()));
        Assert.Equal(CouponRefusals.Missing, await Reserve(phone, order, coupons[0], "../x"));
        Assert.Equal(["issued", "issued", "reserved"], await States(phone, coupons));

        Assert.Null(await Reserve(phone, order, coupons[0], coupons[1], coupons[0]));
        Assert.Null(await Reserve(phone, order, coupons[0], coupons[1]));
        Assert.Equal(["reserved", "reserved", "reserved"], await States(phone, coupons));
    }

    [Fact, Rule("CPN-10")]
    public async Task Of_two_orders_that_want_the_same_coupons_crosswise_at_once_one_has_both()
    {
        for (var round = 0; round < 5; round++)
        {
            var (phone, coupons) = await Owner(2);

            var whyNot = await Task.WhenAll(
                Reserve(phone, $"a-{phone.MemberId}", coupons[0], coupons[1]),
                Reserve(phone, $"b-{phone.MemberId}", coupons[1], coupons[0]));

            Assert.Equal(CouponRefusals.Held, Assert.Single(whyNot, why => why is not null));
            Assert.Equal(["reserved", "reserved"], await States(phone, coupons));
        }
    }

    [Fact, Rule("CPN-10")]
    public async Task A_paid_order_uses_its_coupons_and_one_that_was_given_up_frees_them()
    {
        var (phone, coupons) = await Owner(2);
        var (paid, givenUp) = ($"paid-{phone.MemberId}", $"given-up-{phone.MemberId}");
        await Reserve(phone, paid, coupons[0]);
        await Reserve(phone, givenUp, coupons[1]);
        Message[] news =
        [
            Settled(phone.MemberId, paid, isPaid: true, 0, coupons[0]).ToCoupons(),
            Settled(phone.MemberId, givenUp, isPaid: false, 0, coupons[1]).ToCoupons(),
        ];

        await api.Hear([.. news, .. news]);

        Assert.Equal([Gone, "issued"], await States(phone, coupons));
        Assert.Equal(CouponRefusals.HoldOver, await Reserve(phone, givenUp, coupons[1]));
        Assert.Null(await Reserve(phone, $"{givenUp}-again", coupons[1]));
    }

    [Fact, Rule("CPN-10")]
    public async Task A_reservation_that_comes_after_its_order_was_given_up_is_refused()
    {
        var (phone, coupons) = await Owner(2);
        var order = $"late-{phone.MemberId}";
        await api.Hear(Settled(phone.MemberId, order, isPaid: false, 0, coupons[1]).ToCoupons());

        Assert.Equal(CouponRefusals.HoldOver, await Reserve(phone, order, coupons));
        Assert.Equal(["issued", "issued"], await States(phone, coupons));
    }

    [Theory, Rule("CPN-06"), Rule("CPN-10"), InlineData(true), InlineData(false)]
    public async Task A_whole_refund_gives_the_coupons_back_whichever_is_heard_of_first(bool paymentFirst)
    {
        var (phone, coupons) = await Owner(1);
        var order = $"whole-{phone.MemberId}";
        await Reserve(phone, order, coupons);
        var paid = Settled(phone.MemberId, order, isPaid: true, 0, coupons).ToCoupons();
        var refund = Refunded(phone.MemberId, order) with { CouponIds = coupons, IsWhole = true };

        await api.Hear(paymentFirst ? paid : refund.ToCoupons());
        await api.Hear(paymentFirst ? refund.ToCoupons() : paid);
        await api.Hear(refund.ToCoupons());

        Assert.Equal(["issued"], await States(phone, coupons));
    }

    [Fact, Rule("CPN-06")]
    public async Task A_refund_of_a_part_leaves_the_coupons_used()
    {
        var (phone, coupons) = await Owner(1);
        var order = $"part-{phone.MemberId}";
        await Reserve(phone, order, coupons);
        await api.Hear(Settled(phone.MemberId, order, isPaid: true, 0, coupons).ToCoupons());

        await api.Hear((Refunded(phone.MemberId, order) with { CouponIds = coupons }).ToCoupons());

        Assert.Equal([Gone], await States(phone, coupons));
    }

    [Fact, Rule("CPN-11")]
    public async Task A_paid_order_brings_its_coupons_once_however_often_it_is_told()
    {
        var phone = await shared.Newcomer();
        var (twice, once) = (await api.PublishTemplate(perMember: 2), await api.PublishTemplate());
        var rewards = Rewards(
            phone.MemberId, $"brings-{phone.MemberId}", templateIds: [twice, once, twice]).ToCoupons();

        await api.Hear(rewards, rewards);
        await api.Hear(rewards);

        Assert.Equal(
            new[] { once, twice, twice }.Order(),
            (await Wallet(phone)).Select(coupon => coupon.Text("templateId")).Order());
        Assert.Equal((2, 8), await api.StockOf(twice));
    }

    [Fact, Rule("CPN-11")]
    public async Task What_an_order_cannot_bring_is_on_the_list_of_refused_gifts_and_is_not_made_up_for()
    {
        var phone = await shared.Newcomer();
        var templateId = await api.PublishTemplate();
        var rewards = Rewards(
            phone.MemberId, $"limit-{phone.MemberId}", templateIds: [templateId, templateId]).ToCoupons();

        await api.Hear(rewards);
        await api.Hear(rewards);

        Assert.Single(await Wallet(phone));
        var refused = Assert.Single(await api.Operator().AllPages(
            $"/api/operator/members/{phone.MemberId}/refused-gifts", 100));
        Assert.Equal("coupon.limit_reached", refused.Text("code"));
    }

    [Theory, Rule("CPN-11"), InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task What_an_order_does_not_deserve_any_more_is_revoked_told_in_any_order(int seed)
    {
        var phone = await shared.Newcomer();
        var (order, templateId) = ($"undeserved-{phone.MemberId}", await api.PublishTemplate(perMember: 3));
        Message[] news =
        [
            Rewards(phone.MemberId, order, templateIds: [templateId, templateId, templateId]).ToCoupons(),
            (Refunded(phone.MemberId, order) with { RevokedTemplateIds = [templateId] }).ToCoupons(),
            (Refunded(phone.MemberId, order, 2) with { RevokedTemplateIds = [templateId, templateId] }).ToCoupons(),
        ];
        news = [.. news, .. news];
        new Random(seed).Shuffle(news);

        foreach (var message in news) await api.Hear(message);

        Assert.Single(await Wallet(phone));
        Assert.Equal(2, Coupons(phone).Count(coupon => coupon.State is CouponState.Revoked));
        Assert.Empty(Redelivery.Waiting(api));
    }

    [Fact, Rule("CPN-11")]
    public async Task What_is_used_or_held_stays_and_what_is_free_goes_first()
    {
        var phone = await shared.Newcomer();
        var (order, templateId) = ($"used-{phone.MemberId}", await api.PublishTemplate(perMember: 3));
        await api.Hear(Rewards(phone.MemberId, order, templateIds: [templateId, templateId, templateId]).ToCoupons());
        string[] coupons = [.. (await Wallet(phone)).Select(coupon => coupon.Text("couponId"))];
        await Reserve(phone, $"{order}-used", coupons[0]);
        await api.Hear(Settled(phone.MemberId, $"{order}-used", isPaid: true, 0, coupons[0]).ToCoupons());
        await Reserve(phone, $"{order}-held", coupons[1]);

        await api.Hear((Refunded(phone.MemberId, order) with
        {
            RevokedTemplateIds = [templateId, templateId, templateId],
        }).ToCoupons());

        Assert.Equal(
            [CouponState.Reserved, CouponState.Used, CouponState.Revoked],
            Coupons(phone).Select(coupon => coupon.State).Order());
    }

    [Fact, Rule("CPN-11"), Rule("AUTH-10")]
    public async Task What_went_over_to_a_survivor_is_revoked_there()
    {
        var (older, younger) = await api.LogInTwice("gift-older", "gift-younger", "13800094002");
        var templateId = await api.PublishTemplate();
        await api.Hear(Rewards(younger.MemberId, "of-a-merged", templateIds: templateId).ToCoupons());
        (await younger.Merge("gift-younger")).EnsureSuccessStatusCode();
        await api.Deliver();
        Assert.Single(await Wallet(older));

        await api.Hear((Refunded(younger.MemberId, "of-a-merged") with
        {
            RevokedTemplateIds = [templateId],
        }).ToCoupons());

        Assert.Empty(await Wallet(older));
        Assert.Equal(CouponState.Revoked, Assert.Single(Coupons(older)).State);
    }

    [Fact, Rule("CPN-11")]
    public async Task A_coupon_that_is_not_in_the_wallet_yet_comes_there_revoked()
    {
        var phone = await shared.Newcomer();
        var templateId = await api.PublishTemplate();
        await api.Hear((Refunded(phone.MemberId, $"early-{phone.MemberId}") with
        {
            RevokedTemplateIds = [templateId],
        }).ToCoupons());

        await api.Hear(Rewards(phone.MemberId, $"early-{phone.MemberId}", templateIds: templateId).ToCoupons());

        Assert.Empty(await Wallet(phone));
        Assert.Equal(CouponState.Revoked, Assert.Single(Coupons(phone)).State);
    }

    private Task<Refusal?> Reserve(Phone phone, string order, params string[] couponIds) =>
        api.Services.GetRequiredService<OrderCoupons>().Reserve(
            phone.MemberId, order, couponIds, CancellationToken.None);

    private async Task<(Phone Phone, string[] CouponIds)> Owner(int coupons)
    {
        var phone = await shared.Newcomer();
        var templateId = await api.PublishTemplate(perMember: coupons);
        for (var i = 0; i < coupons; i++) (await phone.Post(ClaimsOf(templateId))).EnsureSuccessStatusCode();
        await api.Deliver();
        return (phone, [.. (await Wallet(phone)).Select(coupon => coupon.Text("couponId"))]);
    }

    private static async Task<string[]> States(Phone phone, string[] couponIds)
    {
        var wallet = await Wallet(phone);
        return
        [
            .. couponIds.Select(id => Array.Find(wallet, coupon => coupon.Text("couponId") == id))
                .Select(coupon => coupon.ValueKind is JsonValueKind.Object ? coupon.Text("state") : Gone),
        ];
    }

    private static Task<JsonElement[]> Wallet(Phone phone) => phone.AllPages("/api/me/coupons", 100);

    private Coupon[] Coupons(Phone phone) =>
    [
        .. StoredRow.All(api).Where(row =>
            row.Partition == $"m:{phone.MemberId}" && row.Key.StartsWith("coupon:", StringComparison.Ordinal))
            .Select(row => Stored.Read<Coupon>(row.Data)),
    ];
}
