using System.Net;
using Pond.Orders;
using Pond.Pricing;
using Pond.Tests.Members;
using Pond.Tests.Points;

namespace Pond.Tests.Orders;

/// <summary>ORD-01: how an order comes to be, once, whole, and at the price that was agreed.</summary>
[Rule("ORD-01")]
public sealed class PlacingOrders(OrderApp app) : IClassFixture<OrderApp>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact]
    public async Task An_order_has_the_price_of_its_quote_and_keeps_what_it_needs()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(priceFen: 2_000));
        await api.Give(phone, 300);
        var couponId = await phone.Coupon();
        var wish = new Wish(skuId, Quantity: 2) { CouponIds = [couponId], Points = 100 };
        var quote = await phone.Quote(wish);

        var answer = await phone.Order(wish, quote.Text("token"), key: null);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var order = await answer.Json();
        Assert.Equal(("awaitingPayment", 3_400, 100),
            (order.Text("state"), order.Whole("payableFen"), order.Whole("usedPoints")));
        Assert.Equal(quote.Whole("payableFen"), order.Whole("payableFen"));
        Assert.Equal(
            TimeSpan.FromMinutes(30),
            order.GetProperty("payBy").GetDateTimeOffset() - order.GetProperty("serverTime").GetDateTimeOffset());
        Assert.Equal((100, 2), await api.StockOf(skuId));
        Assert.Equal((200, "reserved"), await phone.Wealth(couponId));
        Assert.Equal(order.Text("orderId"), (await phone.Order(order.Text("orderId"))).Text("orderId"));
    }

    [Fact]
    public async Task Twenty_posts_with_one_key_at_once_place_one_order()
    {
        var (phone, skuId, key) = (await app.Newcomer(), await api.Product(stock: 5), Phone.NewKey());
        await api.Give(phone, 100);
        var couponId = await phone.Coupon();
        var wish = new Wish(skuId) { CouponIds = [couponId], Points = 100 };
        var token = (await phone.Quote(wish)).Text("token");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            phone.PostUntilAnswered("/api/orders", wish.Ordered(token), key)));

        var orders = await Task.WhenAll(answers.Select(answer => answer.Json()));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single(orders.Select(order => order.Text("orderId")).Distinct());
        Assert.Equal((5, 1), await api.StockOf(skuId));
        Assert.Equal((0, "reserved"), await phone.Wealth(couponId));
        Assert.Single((await (await phone.Get("/api/me/orders")).Json()).Items());
    }

    [Fact]
    public async Task The_same_key_answers_with_the_order_as_it_is_then_and_takes_no_other_content()
    {
        var (phone, key) = (await app.Newcomer(), Phone.NewKey());
        var wish = new Wish(await api.Product());
        var token = (await phone.Quote(wish)).Text("token");
        var orderId = (await (await phone.Order(wish, token, key)).Json()).Text("orderId");
        await phone.Cancel(orderId);
        await api.Deliver();

        var again = await phone.Order(wish, token, key);
        var other = await phone.Order(wish with { Quantity = 2 }, token, key);

        Assert.Equal((HttpStatusCode.Created, orderId, "cancelled"),
            (again.StatusCode, (await again.Json()).Text("orderId"), (await again.Json()).Text("state")));
        Assert.Equal("idempotency.key_reused", await other.Code());
    }

    [Fact]
    public async Task A_price_that_has_changed_is_answered_with_the_new_one_at_which_it_can_be_ordered()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(priceFen: 4_000));
        var wish = new Wish(skuId);
        var token = (await phone.Quote(wish)).Text("token");
        await api.ChangePrice(skuId, 4_500);

        var refused = await phone.Order(wish, token, key: null);

        Assert.Equal((HttpStatusCode.Conflict, "order.price_changed"), (refused.StatusCode, await refused.Code()));
        var quote = (await refused.Json()).GetProperty("quote");
        Assert.Equal(4_500, quote.Whole("payableFen"));
        Assert.Equal((100, 0), await api.StockOf(skuId));
        var placed = await phone.Order(wish, quote.Text("token"), key: null);
        Assert.Equal(4_500, (await placed.Json()).Whole("payableFen"));
    }

    [Fact]
    public async Task A_quote_that_has_ended_and_one_that_was_forged_or_given_to_somebody_else_do_not_hold()
    {
        var (alice, bob) = (await app.Newcomer(), await app.Newcomer());
        var wish = new Wish(await api.Product());
        var token = (await alice.Quote(wish)).Text("token");

        Assert.Equal("order.price_changed", await (await bob.Order(wish, token, key: null)).Code());
        Assert.Equal("order.price_changed", await (await alice.Order(wish, token + "x", key: null)).Code());
        api.Clock.Advance(QuoteTokens.Lifetime);
        var late = await alice.Order(wish, token, key: null);
        Assert.Equal("order.price_changed", await late.Code());
        var fresh = (await late.Json()).GetProperty("quote").Text("token");
        Assert.Equal(HttpStatusCode.Created, (await alice.Order(wish, fresh, key: null)).StatusCode);
    }

    [Fact]
    public async Task What_is_sold_out_since_the_quote_frees_all_the_rest_and_answers_the_same_again()
    {
        var (alice, bob, skuId) = (await app.Newcomer(), await app.Newcomer(), await api.Product(stock: 1));
        await api.Give(alice, 100);
        var couponId = await alice.Coupon();
        var (wish, key) = (new Wish(skuId) { CouponIds = [couponId], Points = 100 }, Phone.NewKey());
        var token = (await alice.Quote(wish)).Text("token");
        await bob.Placed(new Wish(skuId));

        var refused = await alice.Order(wish, token, key);
        await api.Deliver();

        Assert.Equal((HttpStatusCode.Conflict, "stock.sold_out"), (refused.StatusCode, await refused.Code()));
        Assert.Equal("stock.sold_out", await (await alice.Order(wish, token, key)).Code());
        Assert.Equal((100, "issued"), await alice.Wealth(couponId));
        var order = (await (await alice.Get("/api/me/orders")).Json()).Items().Single();
        var cancelled = (await alice.Order(order.Text("orderId"))).GetProperty("cancelled");
        Assert.Equal(("notReserved", "stock.sold_out"), (cancelled.Text("cause"), cancelled.Text("code")));
        Assert.Equal((1, 1), await api.StockOf(skuId));
    }

    [Fact]
    public async Task Of_thirty_shoppers_at_once_as_many_get_it_as_there_are_pieces()
    {
        var skuId = await api.Product(stock: 7);
        var phones = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => app.Newcomer()));
        var tokens = await Task.WhenAll(phones.Select(async phone =>
            (await phone.Quote(new Wish(skuId))).Text("token")));

        var answers = await Task.WhenAll(phones.Zip(tokens, (phone, token) =>
            phone.PostUntilAnswered("/api/orders", new Wish(skuId).Ordered(token))));
        await api.Deliver();

        Assert.Equal(7, answers.Count(answer => answer.StatusCode is HttpStatusCode.Created));
        foreach (var refused in answers.Where(answer => answer.StatusCode is not HttpStatusCode.Created))
            Assert.Equal("stock.sold_out", await refused.Code());
        Assert.Equal((7, 7), await api.StockOf(skuId));
    }

    [Fact]
    public async Task Two_orders_at_once_over_all_points_and_the_same_coupon_end_with_one()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product());
        await api.Give(phone, 500);
        var couponId = await phone.Coupon();
        var wish = new Wish(skuId) { CouponIds = [couponId], Points = 500 };
        var token = (await phone.Quote(wish)).Text("token");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            phone.PostUntilAnswered("/api/orders", wish.Ordered(token))));
        await api.Deliver();

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.Created);
        Assert.All(answers, answer => Assert.True(
            answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, $"{answer.StatusCode}"));
        Assert.Equal((100, 1), await api.StockOf(skuId));
        Assert.Equal((0, "reserved"), await phone.Wealth(couponId));
    }

    [Fact]
    public async Task What_must_be_sent_needs_an_address_and_keeps_a_copy_with_the_note()
    {
        var (phone, skuId) = (await app.Newcomer(), await api.Product(weightGrams: 250));
        var addressId = await phone.Address();

        Assert.Equal("order.address_needed", await (await phone.Order(new Wish(skuId))).Code());
        var orderId = await phone.Placed(new Wish(skuId) { AddressId = addressId, Note = "请放门口" });
        await phone.Delete($"/api/me/addresses/{addressId}");

        var delivery = (await phone.Order(orderId)).GetProperty("delivery");
        Assert.Equal(("王小明", "330106", "请放门口"),
            (delivery.Text("name"), delivery.Text("regionCode"), delivery.Text("note")));
        Assert.DoesNotContain(
            StoredRow.All(api), row => row.Data.Contains("请放门口", StringComparison.Ordinal)
                || row.Data.Contains("王小明", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_sent_takes_no_note() => Assert.Equal(
        "order.note_without_address",
        await (await (await app.Newcomer()).Order(new Wish(await api.Product()) { Note = "多谢" })).Code());

    [Fact]
    public async Task A_member_has_so_many_open_orders_and_no_more()
    {
        var (phone, wish) = (await app.Newcomer(), new Wish(await api.Product()));
        var token = (await phone.Quote(wish)).Text("token");
        var answers = await Task.WhenAll(Enumerable.Range(0, PlacingRules.OpenOrdersMax + 3).Select(_ =>
            phone.PostUntilAnswered("/api/orders", wish.Ordered(token))));

        var placed = answers.Where(answer => answer.StatusCode is HttpStatusCode.Created).ToArray();
        Assert.Equal(PlacingRules.OpenOrdersMax, placed.Length);
        foreach (var refused in answers.Except(placed)) Assert.Equal("order.too_many_open", await refused.Code());

        await phone.Cancel((await placed[0].Json()).Text("orderId"));
        Assert.Equal(HttpStatusCode.Created, (await phone.Order(wish)).StatusCode);
    }

    [Fact]
    public async Task A_frozen_member_orders_and_pays_nothing()
    {
        var (phone, wish) = (await app.Newcomer(), new Wish(await api.Product()));
        var (orderId, token) = (await phone.Placed(wish), (await phone.Quote(wish)).Text("token"));
        await api.SetStatus(phone.MemberId, "frozen");

        Assert.Equal("member.frozen", await (await phone.Order(wish, token, key: null)).Code());
        Assert.Equal("member.frozen", await (await phone.StartPaying(orderId)).Code());
        Assert.Equal("awaitingPayment", await phone.OrderState(orderId));
    }
}
