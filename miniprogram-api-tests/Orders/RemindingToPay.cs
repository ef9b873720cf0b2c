using Pond.Orders;
using Pond.Tests.Reminders;
using Pond.Touches;

namespace Pond.Tests.Orders;

/// <summary>An order that waits for its payment is told of shortly before it waits no longer.</summary>
[Rule("TCH-06")]
public sealed class RemindingToPay : IAsyncLifetime
{
    private HeardTouches touches = null!;
    private MiniProgramApi api = null!;
    private Phone phone = null!;

    public async Task InitializeAsync()
    {
        touches = await HeardTouches.Start();
        api = touches.Api;
        phone = await api.LogIn("alice");
    }

    public async Task DisposeAsync() => await touches.DisposeAsync();

    [Fact]
    public async Task A_placed_order_plans_its_reminder_at_once_and_it_stands_until_the_order_is_paid()
    {
        var orderId = await phone.Placed(new Wish(await api.Product(4_000), 2));
        var payBy = api.Clock.GetUtcNow().AddMinutes(30);

        var touch = Assert.Single(touches.Of(Occasion.OrderUnpaid));
        Assert.Equal(
            (phone.MemberId, orderId, $"pages/orders/detail?id={orderId}", payBy.AddMinutes(-7.5), payBy),
            (touch.MemberId, touch.OccasionId, touch.Page, touch.NotBefore, touch.Until));
        Assert.Equal("¥80.00", touch.Values[TouchValues.Amount]);
        Assert.True(await touches.Stands(touch));

        api.Sandbox.Pay.Pay(await phone.Paying(orderId));
        await api.Tell();
        Assert.False(await touches.Stands(touch));
    }

    [Fact]
    public async Task A_cancelled_order_and_one_whose_time_is_over_need_none()
    {
        var skuId = await api.Product();
        var cancelled = await phone.Placed(new Wish(skuId));
        await phone.Placed(new Wish(skuId));
        await phone.Cancel(cancelled);
        Assert.Equal((false, true), await Standing(cancelled));

        api.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal((false, false), await Standing(cancelled)); // whether or not the sweep has come
        await api.Fire(nameof(CancelUnpaidOrders));
        Assert.Equal((false, false), await Standing(cancelled));
    }

    // Of the one order, and of the other.
    private async Task<(bool, bool)> Standing(string orderId)
    {
        var told = touches.Of(Occasion.OrderUnpaid).ToLookup(touch => touch.OccasionId == orderId);
        return (await touches.Stands(told[true].Single()), await touches.Stands(told[false].Single()));
    }
}
