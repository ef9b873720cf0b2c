using System.Net;
using Pond.Tests.Members;

namespace Pond.Tests.Orders;

/// <summary>ORD-09: a member's orders, wherever they lie.</summary>
[Rule("ORD-09")]
public sealed class ListingOrders(OrderApp app) : IClassFixture<OrderApp>
{
    private readonly MiniProgramApi api = app.Api;

    [Fact]
    public async Task Orders_are_listed_by_page_the_newest_first_and_by_state()
    {
        var (phone, wish) = (await app.Newcomer(), new Wish(await api.Product()));
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, await phone.Placed(wish));
            api.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await phone.Cancel(ids[1]);

        Assert.Equal(ids, (await phone.AllPages("/api/me/orders", 2)).Select(order => order.Text("orderId")));
        Assert.Equal([ids[1]], await Of(phone, "cancelled"));
        Assert.Equal(4, (await Of(phone, "awaitingPayment")).Length);
        Assert.Empty(await Of(phone, "paid"));
        Assert.Empty((await (await (await app.Newcomer()).Get("/api/me/orders")).Json()).Items());
    }

    [Theory, InlineData("Cancelled"), InlineData("4"), InlineData("nothing"), InlineData("paid&state=paid")]
    public async Task A_state_that_there_is_not_is_refused(string state) => Assert.Equal(
        "order.no_such_state", await (await (await app.Newcomer()).Get($"/api/me/orders?state={state}")).Code());

    [Fact]
    public async Task Orders_of_a_merged_account_are_the_survivor_s_and_an_open_one_is_in_the_way()
    {
        var (older, younger) = await api.LogInTwice("orders-a1", "orders-a2", "13800094001");
        var wish = new Wish(await api.Product());
        var first = await older.Bought(wish);
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await younger.Bought(wish);
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        var open = await younger.Placed(wish);

        Assert.Equal("order.open", await (await younger.Merge("orders-a2")).Code());
        await younger.Cancel(open);
        await api.Deliver();
        Assert.Equal(HttpStatusCode.OK, (await younger.Merge("orders-a2")).StatusCode);
        await api.Deliver();
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        var third = await older.Placed(wish);

        foreach (var pageSize in new[] { 1, 3, 100 })
        {
            var listed = await older.AllPages("/api/me/orders", pageSize);
            Assert.Equal([third, open, second, first], listed.Select(order => order.Text("orderId")));
        }

        Assert.Equal("paid", await older.OrderState(second));
        Assert.Equal("order.already_paid", await (await older.Cancel(second)).Code());
    }

    [Fact]
    public async Task A_member_takes_their_orders_along_without_the_names_of_those_who_served_them()
    {
        var phone = await app.Newcomer();
        var orderId = await phone.Bought(new Wish(await api.Product()));

        var document = await (await phone.Get("/api/me/export")).Json();

        var orders = document.GetProperty("accounts")[0].GetProperty("orders").EnumerateArray().ToArray();
        Assert.Equal((orderId, "paid"), (orders.Single().Text("orderId"), orders.Single().Text("state")));
        Assert.DoesNotContain("operator", document.GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<string[]> Of(Phone phone, string state) =>
    [
        .. (await (await phone.Get($"/api/me/orders?state={state}")).Json()).Items().Select(order => order.Text("orderId")),
    ];
}
