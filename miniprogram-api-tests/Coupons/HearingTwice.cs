using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Coupons;

public sealed class HearingTwice
{
    [Theory, InlineData(1, 1), InlineData(2, 3), InlineData(3, 4)]
    public async Task Messages_that_come_thrice_and_in_any_order_have_one_effect(int seed, int shards)
    {
        await using var api = await MiniProgramApi.Start();
        var templateId = await api.PublishTemplate(stock: 12, perMember: 2, shards: shards);
        await api.ChangeTemplate(templateId, "paused");
        await api.ChangeTemplate(templateId, "published");
        var phones = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => api.LogIn($"member-{i}")));
        await Task.WhenAll(phones.SelectMany(phone => Enumerable.Repeat(phone, 2))
            .Select(phone => phone.PostUntilAnswered(ClaimsOf(templateId))));

        var messages = await api.DeliverThrice(seed);

        Assert.NotEmpty(messages);
        Assert.Empty(Redelivery.Waiting(api));
        Assert.Equal((12, 0), await api.StockOf(templateId));
        Assert.Equal("published", (await OfferStates(api)).Single());
        Assert.Equal(12, await Coupons(phones));
        Assert.Equal(4, (await api.AuditOf(templateId)).Length);
    }

    [Theory, InlineData(4, 1), InlineData(5, 3)]
    public async Task Messages_whose_sender_forgot_that_they_were_done_change_nothing(int seed, int shards)
    {
        await using var api = await MiniProgramApi.Start();
        var templateId = await api.PublishTemplate(stock: 12, shards: shards);
        await api.ChangeTemplate(templateId, "paused");
        var phones = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => api.LogIn($"member-{i}")));
        await api.ChangeTemplate(templateId, "published");
        await Task.WhenAll(phones.Select(phone => phone.PostUntilAnswered(ClaimsOf(templateId))));
        var messages = await api.DeliverThrice(seed);
        var before = StoredRow.AllButHints(api);

        await api.DeliverAsIfNeverRemoved(messages, seed);

        Assert.Equal(before, StoredRow.AllButHints(api));
    }

    private static async Task<string[]> OfferStates(MiniProgramApi api) =>
    [
        .. (await api.Operator().AllPages("/api/operator/coupon-templates", 100))
            .Select(template => template.Text("state")),
    ];

    private static async Task<int> Coupons(Phone[] phones) =>
        (await Task.WhenAll(phones.Select(phone => phone.AllPages("/api/me/coupons", 100))))
        .SelectMany(wallet => wallet).DistinctBy(coupon => coupon.Text("couponId")).Count();
}
