using Microsoft.Extensions.DependencyInjection;
using Pond.Members;
using Pond.Orders;
using Pond.Platform;
using Pond.Tests.Points;

namespace Pond.Tests.Orders;

/// <summary>Orders whose process died right after their first commit.</summary>
[Rule("ORD-01")]
public sealed class InterruptedOrders(OrderApp app) : IClassFixture<OrderApp>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact]
    public async Task A_sweep_goes_on_with_what_was_interrupted()
    {
        var skuId = await api.Product();
        var (shopper, orderId) = await Interrupted(new Wish(skuId) { Points = 100 });
        Assert.Equal("placing", await (await api.LogIn(shopper)).OrderState(orderId));

        await Pass(TimeSpan.FromMinutes(4));

        var phone = await api.LogIn(shopper);
        Assert.Equal("awaitingPayment", await phone.OrderState(orderId));
        Assert.Equal((100, 1), await api.StockOf(skuId));
        Assert.Equal(0, await phone.SpendablePoints());
    }

    [Fact]
    public async Task What_only_the_shopper_knows_is_waited_for_and_given_up_after_ten_minutes()
    {
        var skuId = await api.Product();
        var (shopper, orderId) = await Interrupted(new Wish(skuId) { Points = 100 }, hasAddress: true);
        await Pass(TimeSpan.FromMinutes(4));
        Assert.Equal("placing", await (await api.LogIn(shopper)).OrderState(orderId));
        Assert.Equal("order.placing", await (await (await api.LogIn(shopper)).Cancel(orderId)).Code());
        Assert.Equal("order.placing", await (await (await api.LogIn(shopper)).StartPaying(orderId)).Code());

        await Pass(TimeSpan.FromMinutes(8));

        var phone = await api.LogIn(shopper);
        var order = await phone.Order(orderId);
        Assert.Equal(("cancelled", "order.abandoned"),
            (order.Text("state"), order.GetProperty("cancelled").Text("code")));
        Assert.Equal((100, 0), await api.StockOf(skuId));
        Assert.Equal(100, await phone.SpendablePoints());
    }

    [Fact]
    public async Task The_sweep_that_finds_something_gone_gives_the_order_up()
    {
        var skuId = await api.Product(stock: 1);
        var (shopper, orderId) = await Interrupted(new Wish(skuId) { Points = 100 });
        await (await app.Newcomer()).Placed(new Wish(skuId));

        await Pass(TimeSpan.FromMinutes(4));

        var phone = await api.LogIn(shopper);
        Assert.Equal(
            "stock.sold_out", (await phone.Order(orderId)).GetProperty("cancelled").Text("code"));
        Assert.Equal(100, await phone.SpendablePoints());
    }

    private static int shoppers;

    private async Task<(string Shopper, string OrderId)> Interrupted(Wish wish, bool hasAddress = false)
    {
        var shopper = $"interrupted-{Interlocked.Increment(ref shoppers)}";
        var phone = await api.LogIn(shopper);
        await api.Give(phone, 100);
        if (hasAddress) wish = wish with { AddressId = await phone.Address() };
        var request = new PlaceOrderRequest
        {
            Lines = [new() { SkuId = wish.SkuId, Quantity = wish.Quantity }],
            CouponIds = [],
            Points = wish.Points,
            AddressId = wish.AddressId,
            QuoteToken = (await phone.Quote(wish)).Text("token"),
        };
        var caller = new MemberCaller(phone.MemberId, "", MemberStatus.Active, HandClock.Start, Consents: null);
        var draft = await api.Services.GetRequiredService<OrderDrafts>().Draft(caller, request, CancellationToken.None);
        var begun = await api.Services.GetRequiredService<Placing>().Begin(
            draft, new Operation("Test", shopper, Fingerprint: null), CancellationToken.None);
        Assert.Null(begun.Refusal);
        return (shopper, draft.Id);
    }

    private async Task Pass(TimeSpan time)
    {
        api.Clock.Advance(time);
        await api.Fire(nameof(PlaceInterruptedOrders));
        await api.Deliver();
    }
}
