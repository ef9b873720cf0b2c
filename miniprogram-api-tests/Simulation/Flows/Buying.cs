using Pond.Coupons;
using Pond.LocalHost.WeChatSandbox;
using Pond.Members;
using Pond.Tests.OpenApi;

namespace Pond.Tests.Simulation.Flows;

/// <summary>
/// From quote to order, payment and refund, with coupons and points, by shoppers who change their minds: our books are
/// WeChat's when all is quiet.
/// </summary>
internal sealed class Buying : Flow
{
    private const int Stock = 60;
    private const long PriceFen = 2_000;
    private const int PiecesMax = 4;
    private const int LeavingOneIn = 4;
    private const int AllPieces = int.MaxValue;

    private readonly List<(SimulatedPhone Phone, string Key, object Wish, string OrderId)> told = [];
    private readonly Dictionary<SimulatedPhone, Possible<int>> placedBy = [];
    private readonly Dictionary<string, Possible<int>> askedBack = [];
    private readonly Dictionary<SimulatedPhone, string> addressOf = [];
    private readonly HashSet<string> odd = [];
    private string skuId = "";
    private string templateId = "";

    public override int Weight => 135;

    public override async Task Open(World world)
    {
        skuId = await Shop.Sell(world, "longjing", PriceFen, Stock, shards: 2);
        templateId = await Shop.PublishTemplate(world, Some.Template(stock: 100, perMember: 5));
    }

    public override async Task Visit(World world, SimulatedPhone phone)
    {
        // Some have it sent, ask once, and are gone: then only the process that they have asked can go on.
        var isLeaving = world.Chance.Below(LeavingOneIn) == 0;
        var couponIds = world.Chance.Below(isLeaving ? 2 : 3) == 0 ? await Coupon(world, phone) : [];
        var points = world.Chance.Below(isLeaving ? 3 : 4) == 0 ? 100 : 0;
        var addressId = isLeaving ? await Address(phone) : null;
        var lines = new[] { new { skuId, quantity = 1 + world.Chance.Below(PiecesMax) } };
        var quote = await phone.Post("/api/quotes", new { lines, couponIds, points, addressId });
        if (!quote.IsSuccess) return;

        var wish = new { lines, couponIds, points, addressId, quoteToken = quote.Body.Text("token") };
        var key = phone.NewKey();
        var placed = await phone.Send("POST", "/api/orders", wish, key, isLeaving ? 1 : SimulatedPhone.TriesMax);
        if (!placedBy.TryGetValue(phone, out var count)) placedBy[phone] = count = new(0);
        count.Apply(placed, sum => sum + 1);
        if (!placed.IsSuccess) return;
        var orderId = placed.Body.Text("orderId");
        told.Add((phone, key, wish, orderId));
        var shown = await phone.Get($"/api/orders/{orderId}"); // whoever was told of it can see it
        Assert.True(shown.IsSuccess || shown.IsUnknown, $"{orderId} was placed: {shown.Status} {shown.Code}");
        if (!isLeaving) await GoOn(world, phone, orderId);
    }

    public override async Task Look(World world)
    {
        var books = new BooksOfOrders(world, odd);
        foreach (var (phone, count) in placedBy)
        {
            var sum = books.PlacedBy(phone.MemberId);
            count.See(possible => possible == sum, $"{sum} orders of {phone.Name}");
        }

        foreach (var (orderId, pieces) in askedBack)
        {
            var (sum, all) = books.AskedBack(orderId);
            pieces.See(possible => Math.Min(possible, all) == sum, $"{sum} of {all} pieces of {orderId} asked back");
        }

        books.AssertAll(skuId, Stock);
        foreach (var (phone, key, wish, orderId) in told)
        {
            var again = await phone.Send("POST", "/api/orders", wish, key);
            Assert.True(again.IsSuccess, $"{phone.Name} asks again for {orderId}: {again.Status} {again.Code}");
            Assert.Equal(orderId, again.Body.Text("orderId"));
        }
    }

    // Paying, thinking again, asking back, walking away: a shop sees it all.
    private async Task GoOn(World world, SimulatedPhone phone, string orderId)
    {
        var mind = world.Chance.Below(16);
        if (mind == 0) return; // walks away
        if (mind == 1)
        {
            await phone.Post($"/api/orders/{orderId}/cancellation", new { });
            return;
        }

        var paying = await phone.Post($"/api/orders/{orderId}/payment");
        var isAsked = paying.IsSuccess && paying.Body.Text("state") == "ready";
        if (isAsked) world.WeChat.OnPhones.Add(PaymentOf(world, orderId).OutTradeNo);
        var cancelling = Task.CompletedTask;
        if (mind is 2 or 6 or 8 or 10 or 12 or 14) // with the phone's question open
            cancelling = phone.Post($"/api/orders/{orderId}/cancellation", new { });
        if (mind is 8 or 10) // and a thumb that taps both
            cancelling = Task.WhenAll(cancelling, phone.Post($"/api/orders/{orderId}/payment"));
        if (mind is 2 or 6 or 12 or 14) await cancelling;
        if (isAsked)
        {
            await world.Pause(Hesitation(world, mind));
            Pay(world, phone, paying);
        }

        await cancelling;
        if (mind is 3 or 4 or 7 or 11) await world.Pause(world.Chance.Between(TimeSpan.Zero, TimeSpan.FromMinutes(2)));
        if (mind is 3 or 4 or 5 or 7 or 11) await AskBack(world, phone, orderId, mind);
    }

    // Until somebody pays: some pay in the very second in which they cancel, and some when it is too late.
    private static TimeSpan Hesitation(World world, int mind) => mind switch
    {
        2 or 6 or 12 or 14 => world.Chance.Between(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4)),
        8 or 10 => world.Chance.Between(TimeSpan.Zero, TimeSpan.FromSeconds(1)),
        _ when world.Chance.Below(5) < 4 => world.Chance.Between(TimeSpan.FromMinutes(4.5), TimeSpan.FromMinutes(7.5)),
        _ => world.Chance.Between(TimeSpan.Zero, TimeSpan.FromMinutes(1)),
    };

    private void Pay(World world, SimulatedPhone phone, Reply paying) => Thumb.Try(world, () =>
    {
        if (!PayOddly(world, paying.Body.Text("orderId"))) Thumb.Pay(world, phone, paying);
    });

    // What WeChat promises never happens; when it does, all of it goes back.
    private bool PayOddly(World world, string orderId)
    {
        var open = PaymentOf(world, orderId);
        var isOver = open.State is SandboxTradeState.Closed
            || (open.State is SandboxTradeState.NotPay && open.ExpiresAt <= world.Scheduler.GetUtcNow());
        var isLate = isOver && world.Strikes(FaultKind.PaidLate);
        if (!isLate && !world.Strikes(FaultKind.AmountDiffers)) return false;
        world.WeChat.Sandbox.Pay.Pay(open.OutTradeNo, amountFen: isLate ? null : open.AmountFen - 1, force: isLate);
        odd.Add(open.OutTradeNo);
        return true;
    }

    private static SandboxPayment PaymentOf(World world, string orderId) => world.WeChat.Sandbox.Pay.Payments.Last(
        payment => payment.OutTradeNo.StartsWith(orderId, StringComparison.Ordinal));

    private async Task AskBack(World world, SimulatedPhone phone, string orderId, int mind)
    {
        Task<Reply>[] ones = [.. Enumerable.Range(0, mind switch { 3 => 1, 4 => 0, _ => 2 }).Select(_ => GiveOneBack())];
        Task<Reply>[] all = mind switch
        {
            3 => [],
            4 => [phone.Post($"/api/orders/{orderId}/refunds", new { kind = "moneyOnly", reason = "unwanted" })],
            _ => [world.Owner.Post($"/api/operator/orders/{orderId}/refunds", new { reason = "缺货" })],
        };
        var pieces = askedBack[orderId] = new(0);
        foreach (var reply in await Task.WhenAll(ones)) pieces.Apply(reply, sum => sum + 1);
        foreach (var reply in await Task.WhenAll(all)) pieces.Apply(reply, _ => AllPieces);

        Task<Reply> GiveOneBack() => world.Owner.Post($"/api/operator/orders/{orderId}/refunds", new
        {
            lines = new[] { new { lineNumber = 1, quantity = 1 } },
            reason = "少发一件",
            restockedLines = new[] { 1 },
        });
    }

    private async Task<string[]> Coupon(World world, SimulatedPhone phone)
    {
        await phone.Post($"/api/coupons/{templateId}/claims");
        await world.Pause(TimeSpan.FromSeconds(2));
        return
        [
            .. Shop.CouponsOf(world, phone, templateId).Where(coupon => coupon.State is CouponState.Issued)
                .Select(coupon => coupon.Id).Take(1),
        ];
    }

    private async Task<string?> Address(SimulatedPhone phone)
    {
        if (addressOf.TryGetValue(phone, out var known)) return known;
        var added = await phone.Post("/api/me/addresses", RequestExamples.Of(nameof(AddAddress)));
        return added.IsSuccess ? addressOf[phone] = added.Body.Text("addressId") : null;
    }
}
