using System.Text.Json.Nodes;
using Pond.Operators;
using Pond.Orders;
using Pond.Platform;
using Pond.Pricing;
using Pond.Tests.OpenApi;
using Pond.Tests.Orders;
using Pond.Tests.Pricing;
using Pond.Tests.Products;

namespace Pond.Tests.Http;

/// <summary>What could not be made is nowhere to be found afterwards, nor anything that was taken for it.</summary>
public sealed class RefusedCreations(HostileApp app) : IClassFixture<HostileApp>
{
    private MiniProgramApi Api => app.Api;

    [Fact]
    public async Task A_creation_that_was_refused_leaves_nothing_to_find()
    {
        var cases = new HostileCases("Failed creations");
        var (alice, skuId) = (app.Alice, await Api.Product(stock: 1));
        var token = (await alice.Quote(new Wish(skuId))).Text("token");
        await app.Bob.Placed(new Wish(skuId));
        await Api.Deliver();
        var (orders, lists) = (await OrdersOf(alice), await Lists());

        var late = await alice.Order(new Wish(skuId), token, key: null);
        cases.MustRefuse("an order of what is sold out", await RawAnswer.Of(late), "", (status, _) => status == 409);
        var draft = ProductSteps.Product(ProductSteps.NewId("spu"), ProductSteps.Sku(skuId), ProductSteps.Sku(skuId));
        foreach (var (what, path, body) in new (string, string, object)[]
        {
            ("a product with one SKU twice", ProductSteps.ProductsPath, draft),
            ("a promotion that ends first", PricingSteps.PromotionsPath, Api.Promotion().With("endsAt", HandClock.Start.AddDays(-3))),
            ("a promotion of no steps", PricingSteps.PromotionsPath, Api.Promotion().With("steps", Array.Empty<object>())),
            ("a template that ends first", "/api/operator/coupon-templates", Changed(Some.Template(), "claimUntil", HandClock.Start.AddDays(-9))),
            ("a template with more shards than stock", "/api/operator/coupon-templates", Some.Template(stock: 1, shards: 9)),
            ("an operator of no role", "/api/operator/operators", new { name = "没有角色", roles = Array.Empty<string>() }),
            ("points of nobody", "/api/operator/points-adjustments", new { memberId = Ids.From("nobody"), points = 5, reason = "补发" }),
            ("freight in parcels of nothing", PricingSteps.FreightPath, Freight()),
        })
        {
            cases.MustRefuse(what, await RawAnswer.Of(await app.Owner.Post(path, body)), "");
        }

        await Api.Deliver();
        cases.Check("a list has grown", await Lists() == lists);
        cases.Check("an order is open", (await OrdersOf(alice)).Except(orders).All(order => order.State == "cancelled"));
        cases.Check("pieces are kept", await OrderSteps.StockOf(Api, skuId) == (1, 1));
        Assert.Equal(404, (int)(await app.Owner.Get($"{ProductSteps.ProductsPath}/{draft["spuId"]}")).StatusCode);
        cases.Done();
    }

    private static async Task<(string Id, string State)[]> OrdersOf(Phone phone) =>
    [
        .. (await phone.AllPages("/api/me/orders", 100)).Select(order => (order.Text("orderId"), order.Text("state"))),
    ];

    private async Task<string> Lists()
    {
        var texts = app.Operations
            .Where(each => each.IsPaged && each.Caller == "operator" && each.Id is not (nameof(ListAudit) or nameof(ListOrders)))
            .Select(async each =>
            {
                using var request = app.Request(each, "?limit=100");
                return (await app.Send(request)).Body;
            });
        return string.Join("\n", await Task.WhenAll(texts));
    }

    private static JsonObject Freight()
    {
        var freight = RequestExamples.Of(nameof(CreateFreightTemplate));
        freight["rates"]!["firstUnits"] = 0;
        return freight;
    }

    private static Dictionary<string, object?> Changed(Dictionary<string, object?> body, string field, object value)
    {
        body[field] = value;
        return body;
    }
}
