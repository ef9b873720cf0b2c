using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pond.Activities;
using Pond.FlashSales;
using Pond.Orders;
using Pond.Platform;
using Pond.Tests.Orders;

namespace Pond.Tests.FlashSales;

[Rule("FLS-04")]
public class OrderingClaims(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task A_claim_whose_order_is_paid_is_paid_for_good_also_when_the_money_goes_back()
    {
        var skuId = await api.Product(stock: 10);
        var saleId = await api.Drop(pieces: 2, skuId: skuId);
        var phone = await shared.Newcomer();
        var (claimId, orderId) = await phone.Ordered(saleId);

        api.Sandbox.Pay.Pay(await phone.Paying(orderId));
        await OrderSteps.Tell(api);
        Assert.Equal("paid", await phone.ClaimState(claimId));
        await phone.Refunded(orderId);
        await OrderSteps.Tell(api);

        Assert.Equal("paid", await phone.ClaimState(claimId));
        Assert.Equal(1, await api.PiecesLeft(saleId));
        Assert.Equal("flash_sale.limit_reached", await (await phone.Claim(saleId)).Code());
    }

    [Fact]
    public async Task The_slot_of_a_cancelled_order_is_free_again_and_its_buyer_may_try_once_more()
    {
        var saleId = await api.Drop(pieces: 1);
        var (phone, other) = (await shared.Newcomer(), await shared.Newcomer());
        var (claimId, orderId) = await phone.Ordered(saleId);
        Assert.Equal("flash_sale.sold_out", await (await other.Claim(saleId)).Code());

        (await phone.Cancel(orderId, "changedMind")).EnsureSuccessStatusCode();
        await api.Deliver();

        var claim = await phone.ClaimOf(claimId);
        Assert.Equal("returned", claim.Text("state"));
        Assert.Equal("flash_sale.not_paid", claim.Text("returnedCode"));
        Assert.Equal(1, await api.PiecesLeft(saleId));
        await phone.Ordered(saleId);
        Assert.Equal(0, await api.PiecesLeft(saleId));
    }

    [Fact]
    public async Task The_slot_of_an_order_that_is_not_paid_in_its_time_is_free_again()
    {
        var saleId = await api.Drop(pieces: 1);
        var phone = await shared.Newcomer();
        var (claimId, orderId) = await phone.Ordered(saleId);

        await PassPayTime();

        Assert.Equal("cancelled", await phone.OrderState(orderId));
        Assert.Equal("returned", await phone.ClaimState(claimId));
        Assert.Equal(1, await api.PiecesLeft(saleId));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task A_slot_goes_back_once_however_often_and_in_whatever_order_that_is_heard(int seed)
    {
        var saleId = await api.Drop(pieces: 3);
        var (phone, other) = (await shared.Newcomer(), await shared.Newcomer());
        var claimId = await phone.Claimed(saleId);
        var placing = await api.DeliverThrice(seed);
        var orderId = (await phone.ClaimOf(claimId)).Text("orderId");
        (await phone.Cancel(orderId, "changedMind")).EnsureSuccessStatusCode();
        var cancelling = await api.DeliverThrice(seed);
        await other.Claimed(saleId);
        await api.DeliverAsIfNeverRemoved([.. placing, .. cancelling], seed);

        Assert.Equal("returned", await phone.ClaimState(claimId));
        Assert.Equal(2, await api.PiecesLeft(saleId));
        Assert.Equal(HttpStatusCode.Accepted, (await phone.Claim(saleId)).StatusCode);
        Assert.Equal("flash_sale.limit_reached", await (await phone.Claim(saleId)).Code());
    }

    [Fact]
    public async Task Where_no_order_can_be_placed_the_slot_goes_back_and_says_why()
    {
        var skuId = await api.Product(stock: 5, weightGrams: 80);
        var saleId = await api.Drop(pieces: 5, skuId: skuId);
        var (homeless, frozen, busy) = (await shared.Newcomer(), await shared.Newcomer(), await shared.Newcomer());
        var address = await busy.Address();
        var (first, second) = (await homeless.Claimed(saleId), await frozen.Claimed(saleId));
        var third = (await (await busy.Claim(saleId, addressId: address)).Json()).Text("claimId");
        (await busy.Delete($"/api/addresses/{address}")).EnsureSuccessStatusCode();
        (await api.Operator().Put(
            $"/api/operator/members/{frozen.MemberId}/status", new { status = "frozen", reason = "异常" })).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal("order.address_needed", (await homeless.ClaimOf(first)).Text("returnedCode"));
        Assert.NotEqual("ordered", await frozen.ClaimState(second));
        Assert.Equal("returned", await busy.ClaimState(third));
        Assert.Equal(5, await api.PiecesLeft(saleId));
    }

    [Fact]
    public async Task A_claim_that_is_heard_of_too_late_gives_its_slot_back()
    {
        var saleId = await api.Drop(pieces: 1);
        var phone = await shared.Newcomer();
        var claimId = await phone.Claimed(saleId);

        api.Clock.Advance(TimeSpan.FromMinutes(5));
        await api.Deliver();

        Assert.Equal("flash_sale.too_late", (await phone.ClaimOf(claimId)).Text("returnedCode"));
        Assert.Equal(1, await api.PiecesLeft(saleId));
    }

    [Fact]
    public async Task A_piece_that_is_not_free_yet_is_waited_for()
    {
        var saleId = await api.Drop(pieces: 1);
        var (phone, other) = (await shared.Newcomer(), await shared.Newcomer());
        var (_, orderId) = await phone.Ordered(saleId);
        (await phone.Cancel(orderId, "changedMind")).EnsureSuccessStatusCode();
        var news = Redelivery.Waiting(api);
        await HearOnly(news, OrderMessages.FlashSaleQueue);
        var claimId = await other.Claimed(saleId);
        await HearOnly(Redelivery.Waiting(api), FlashSaleMessages.ClaimedQueue);
        Assert.Equal("claimed", await other.ClaimState(claimId));

        await api.Deliver();
        api.Clock.Advance(TimeSpan.FromSeconds(31));
        await api.Deliver();

        Assert.Equal("ordered", await other.ClaimState(claimId));
        Assert.Equal(0, await api.PiecesLeft(saleId));
    }

    [Fact]
    public async Task An_order_keeps_a_slot_for_itself_alone_and_never_again_once_the_claim_is_over()
    {
        var saleId = await api.Drop(pieces: 2);
        var phone = await shared.Newcomer();
        var (claimId, orderId) = await phone.Ordered(saleId);
        var keeper = api.Services.GetServices<IDealKeeper>().Single(one => one.Kind is ActivityKind.FlashSale);

        Assert.Null(await Keep(orderId));
        Assert.Equal("flash_sale.claim_over", (await Keep("another-order"))?.Code);
        (await phone.Cancel(orderId, "changedMind")).EnsureSuccessStatusCode();
        await api.Deliver();
        Assert.Equal("flash_sale.claim_over", (await Keep(orderId))?.Code);

        Task<Pond.Kernel.Refusal?> Keep(string id) => keeper.Keep(
            new DealHold(saleId, claimId, id, phone.MemberId, "sku", 1, 990, api.Clock.GetUtcNow()),
            CancellationToken.None);
    }

    [Fact]
    public async Task When_all_is_over_what_was_not_sold_is_the_shop_s_again()
    {
        var skuId = await api.Product(stock: 10);
        var saleId = await api.Drop(pieces: 4, skuId: skuId);
        var (buyer, idler) = (await shared.Newcomer(), await shared.Newcomer());
        var (_, orderId) = await buyer.Ordered(saleId);
        api.Sandbox.Pay.Pay(await buyer.Paying(orderId));
        await idler.Ordered(saleId);
        await OrderSteps.Tell(api);
        Assert.Equal((6, 0), await api.StockOf(skuId));

        await PassPayTime();
        api.Clock.Advance(TimeSpan.FromHours(2) + FlashSalePlanRules.AftermathOf(5));
        await api.Fire(nameof(CloseActivities));
        await api.Deliver();

        Assert.Equal((9, 0), await api.StockOf(skuId));
    }

    // A sweep looks some minutes late.
    private async Task PassPayTime()
    {
        api.Clock.Advance(TimeSpan.FromMinutes(8));
        await api.Fire(nameof(CancelUnpaidOrders));
        await api.Deliver();
    }

    // As if the queue had only these to deliver.
    private async Task HearOnly(IReadOnlyList<StoredRow> waiting, string queue)
    {
        var services = api.Services;
        foreach (var row in waiting)
        {
            var outbox = Stored.Read<Pond.Platform.Outbox.OutboxRow>(row.Data);
            if (outbox.Queue != queue) continue;
            var pointer = new Pond.Platform.Outbox.OutboxPointer(row.Partition, outbox.Id).ToString();
            if (queue == OrderMessages.FlashSaleQueue)
                await ActivatorUtilities.CreateInstance<ClaimOnDealMoved>(services).Run(pointer, CancellationToken.None);
            else
                await Assert.ThrowsAsync<ContendedException>(() => ActivatorUtilities
                    .CreateInstance<OrderOnSlotClaimed>(services).Run(pointer, CancellationToken.None));
        }
    }
}
