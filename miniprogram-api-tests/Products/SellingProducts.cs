using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pond.Products;
using Pond.Tests.Operators;
using static Pond.Tests.Products.ProductSteps;

namespace Pond.Tests.Products;

public sealed class SellingProducts(SharedApi app) : IClassFixture<SharedApi>
{
    private MiniProgramApi Api => app.Api;

    [Fact, Rule("PRD-05")]
    public async Task Shoppers_see_a_product_from_the_moment_it_is_on_sale()
    {
        var (spuId, skuId) = (NewId("spu"), NewId("sku"));

        var created = await Api.Create(Product(spuId, Sku(skuId)));
        var asDraft = await Api.Http.GetAsync($"/api/products/{spuId}");
        await Api.Move(spuId, "onSale");
        var product = await (await Api.Http.GetAsync($"/api/products/{spuId}")).Json();
        await Api.Deliver();

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("product.missing", await asDraft.Code());
        Assert.Equal("西湖龙井", product.Text("title"));
        var variant = product.GetProperty("skus")[0];
        Assert.Equal((skuId, 4_000, "soldOut"), (variant.Text("skuId"), variant.Whole("priceFen"), variant.Text("stock")));
        Assert.Contains(await Offered(), item => item.Text("spuId") == spuId);
        Assert.DoesNotContain(await Offered("?categoryId=black-tea"), item => item.Text("spuId") == spuId);
        Assert.Contains(await Offered("?categoryId=green-tea"), item => item.Text("spuId") == spuId);
    }

    [Fact, Rule("PRD-05"), Rule("D32")]
    public async Task Price_state_and_stock_hold_from_the_operator_s_answer_on()
    {
        var skuId = await Api.Sell(stock: 1);
        var spuId = (await Find(skuId))!.SpuId;
        var before = (await Find(skuId))!;

        await Replace(spuId, Product(spuId, Sku(skuId, priceFen: 3_500)).Next(before.Version));
        var cheaper = (await Find(skuId))!;
        var inStock = await StockStatus(spuId);
        await Api.Adjust(skuId, -1);
        var soldOut = await StockStatus(spuId);
        await Api.Move(spuId, "offSale");

        Assert.Equal((4_000, 3_500), (before.PriceFen, cheaper.PriceFen));
        Assert.Equal(before.Version + 1, cheaper.Version);
        Assert.Equal(("inStock", "soldOut"), (inStock, soldOut));
        Assert.True(cheaper.IsOnSale);
        Assert.False((await Find(skuId))!.IsOnSale);
        Assert.Equal("product.missing", await (await Api.Http.GetAsync($"/api/products/{spuId}")).Code());
    }

    [Fact, Rule("PRD-04")]
    public async Task Other_slices_find_a_variant_as_it_is()
    {
        var skuId = await Api.Sell(stock: 0, shards: 2);

        var sku = await Find(skuId);

        Assert.Equal(
            new Sku(skuId, sku!.SpuId, "green-tea", "西湖龙井 50克", 4_000, 2, true, 10, 80, 400, null, 2, 30, 2), sku);
        Assert.Null(await Find("no-such-sku"));
    }

    [Fact, Rule("PRD-03")]
    public async Task Every_version_says_which_prices_it_changed()
    {
        var (spuId, small, large) = (NewId("spu"), NewId("sku"), NewId("sku"));
        await Api.Create(Product(spuId, Sku(small), Sku(large, 8_000, "100克")));

        await Replace(spuId, Product(spuId, Sku(small, 3_900), Sku(large, 8_000, "100克")).Next(1));
        await Replace(spuId, Product(spuId, Sku(small, 3_900)).Next(2));
        await Api.Move(spuId, "onSale");

        var changes = await Api.Operator().AllPages($"{ProductsPath}/{spuId}/price-changes", 100);
        Assert.Equal([3, 2, 1], changes.Select(change => change.Whole("version")));
        Assert.Equal(
            [(small, 4_000, 3_900)],
            changes[1].GetProperty("prices").EnumerateArray()
                .Select(price => (price.Text("skuId"), price.Whole("beforeFen"), price.Whole("afterFen"))));
        Assert.Equal(large, changes[0].GetProperty("prices")[0].Text("skuId"));
    }

    [Fact, Rule("PRD-03")]
    public async Task An_older_version_is_never_written_over_a_newer_one()
    {
        var (spuId, skuId) = (NewId("spu"), NewId("sku"));
        await Api.Create(Product(spuId, Sku(skuId)));

        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i =>
            Api.Operator().Put($"{ProductsPath}/{spuId}", Product(spuId, Sku(skuId, 4_000 + i)).Next(1))));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.OK);
        foreach (var late in answers.Where(answer => answer.StatusCode is not HttpStatusCode.OK))
            Assert.Equal("product.stale", await late.Code());
        Assert.Equal(2, (await Find(skuId))!.Version);
    }

    [Fact, Rule("PRD-03")]
    public async Task A_variant_is_not_taken_out_while_an_order_keeps_stock_of_it()
    {
        var skuId = await Api.Sell(stock: 3);
        var (spuId, order) = ((await Find(skuId))!.SpuId, ReservingStock.NewOrder());
        var (kept, _) = await Api.Reserve(order, (skuId, 1));
        var other = Product(spuId, Sku(NewId("sku"))).Next(2);

        var during = await Api.Operator().Put($"{ProductsPath}/{spuId}", other);
        await Api.Tell(Settled(order, isPaid: false, kept, new(skuId, 1, 1)));
        await Api.Deliver();
        var after = await Api.Operator().Put($"{ProductsPath}/{spuId}", other);

        Assert.Equal("product.sku_reserved", await during.Code());
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Null(await Find(skuId));
    }

    [Fact, Rule("PRD-05")]
    public async Task A_variant_s_id_belongs_to_one_product_for_ever_also_when_two_race_for_it()
    {
        var skuId = NewId("sku");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Api.Create(Product(NewId("spu"), Sku(skuId)))));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.Created);
        foreach (var late in answers.Where(answer => answer.StatusCode is not HttpStatusCode.Created))
            Assert.Equal("product.sku_taken", await late.Code());
    }

    [Fact, Rule("PRD-05")]
    public async Task Variants_that_do_not_fit_together_are_refused()
    {
        var (one, other) = (NewId("sku"), NewId("sku"));
        var bare = Sku(other);
        bare["specs"] = Array.Empty<object>();
        var doubled = Sku(other);
        doubled["specs"] = new[] { new { property = "色", value = "红" }, new { property = "色", value = "绿" } };

        string[] codes =
        [
            await Refused(Sku(one), Sku(one, weight: "100克")), await Refused(Sku(one), Sku(other)),
            await Refused(Sku(one), bare), await Refused(doubled),
            await Refused([.. Enumerable.Range(0, 7).Select(i => Sku(NewId("sku"), weight: $"{i}克", shards: 16))]),
        ];

        Assert.Equal(
            ["product.sku_doubled", "product.variants_alike", "product.specs_uneven", "product.spec_doubled",
            "product.shards_too_many"],
            codes);
    }

    [Theory]
    [InlineData("http://img.example.com/a.jpg"), InlineData("javascript:alert(1)"), InlineData("https://"), InlineData("")]
    [InlineData("https://img.example.com/a b.jpg"), InlineData("https://user@img.example.com/a.jpg")]
    [Rule("PRD-05")]
    public async Task Images_come_from_https_addresses_alone(string url)
    {
        var product = Product(NewId("spu"), Sku(NewId("sku")));
        product["imageUrls"] = new[] { url };

        Assert.Equal("request.invalid", await (await Api.Create(product)).Code());
    }

    [Fact, Rule("PRD-01")]
    public async Task Shards_of_a_stock_are_raised_and_never_lowered()
    {
        var skuId = await Api.Sell(stock: 4, shards: 2);
        var spuId = (await Find(skuId))!.SpuId;

        var lowered = await Api.Operator().Put($"{ProductsPath}/{spuId}", Product(spuId, Sku(skuId)).Next(2));
        await Replace(spuId, Product(spuId, Sku(skuId, shards: 4)).Next(2));

        Assert.Equal("product.shards_lowered", await lowered.Code());
        Assert.Equal((4, 0), await Api.StockOf(skuId));
        Assert.Null((await Api.Reserve(ReservingStock.NewOrder(), (skuId, 4))).WhyNot);
    }

    [Fact, Rule("PRD-01")]
    public async Task A_variant_that_comes_back_has_no_fewer_shards_than_hold_stock_of_it()
    {
        var skuId = await Api.Sell(stock: 4, shards: 2);
        var spuId = SpuOf(skuId);
        await Replace(spuId, Product(spuId, Sku(NewId("sku"))).Next(2));

        var hidden = await Api.Operator().Put($"{ProductsPath}/{spuId}", Product(spuId, Sku(skuId)).Next(3));
        await Replace(spuId, Product(spuId, Sku(skuId, shards: 2)).Next(3));

        Assert.Equal("product.shards_lowered", await hidden.Code());
        Assert.Equal((4, 0), await Api.StockOf(skuId));
    }

    [Fact, Rule("PRD-05")]
    public async Task The_same_key_makes_the_same_product_and_takes_no_other()
    {
        var (spuId, key) = (NewId("spu"), Phone.NewKey());
        var product = Product(spuId, Sku(NewId("sku")));

        var first = await Api.Operator().Post(ProductsPath, product, key);
        var again = await Api.Operator().Post(ProductsPath, product, key);
        var other = await Api.Operator().Post(ProductsPath, Product(NewId("spu"), Sku(NewId("sku"))), key);
        var taken = await Api.Create(product);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("idempotency.key_reused", await other.Code());
        Assert.Equal("product.taken", await taken.Code());
    }

    [Fact, Rule("PRD-05")]
    public async Task A_product_that_changes_its_category_leaves_the_old_one_s_list()
    {
        var (spuId, skuId) = (NewId("spu"), NewId("sku"));
        await Api.Create(Product(spuId, Sku(skuId)));
        await Api.Move(spuId, "onSale");
        var moved = Product(spuId, Sku(skuId));
        moved["categoryId"] = "black-tea";

        await Replace(spuId, moved.Next(2));
        await Api.Deliver();

        Assert.DoesNotContain(await Offered("?categoryId=green-tea"), item => item.Text("spuId") == spuId);
        Assert.Single(await Offered("?categoryId=black-tea"), item => item.Text("spuId") == spuId);
        Assert.Single(await Offered(), item => item.Text("spuId") == spuId);
    }

    [Fact, Rule("PRD-05")]
    public async Task A_category_that_is_no_id_is_refused() =>
        Assert.Equal("product.bad_category", await (await Api.Http.GetAsync("/api/products?categoryId=a:b")).Code());

    [Fact, Rule("PRD-05")]
    public async Task Every_change_by_an_operator_is_in_the_audit()
    {
        var skuId = await Api.Sell(stock: 5);
        var spuId = (await Find(skuId))!.SpuId;
        await Replace(spuId, Product(spuId, Sku(skuId, 3_000)).Next(2));
        await Api.Deliver();

        Assert.Equal(
            ["product.create", "product.replace", "product.state"],
            (await Api.AuditOf(spuId)).Select(line => line.Text("action")).Order());
        var adjusted = Assert.Single(await Api.AuditOf(skuId));
        Assert.Equal(("stock.adjust", "0", "5"), (adjusted.Text("action"), adjusted.Text("before"), adjusted.Text("after")));
    }

    [Theory]
    [InlineData("marketing", HttpStatusCode.Created, HttpStatusCode.Forbidden)]
    [InlineData("service", HttpStatusCode.Forbidden, HttpStatusCode.Created)]
    [InlineData("analyst", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [Rule("ADM-01")]
    public async Task Marketing_writes_products_and_service_counts_stock(
        string role, HttpStatusCode create, HttpStatusCode adjust)
    {
        var skuId = await Api.Sell(stock: 1);
        var somebody = await Api.OperatorWith(role);

        var created = await somebody.Post(ProductsPath, Product(NewId("spu"), Sku(NewId("sku"))));
        var adjusted = await somebody.Post(
            $"/api/operator/skus/{skuId}/stock-adjustments", new { quantity = 1, reason = "盘点" });

        Assert.Equal((create, adjust), (created.StatusCode, adjusted.StatusCode));
    }

    private async Task<Sku?> Find(string skuId) =>
        (await Api.Services.GetRequiredService<ProductCatalogue>().Find([skuId], CancellationToken.None))
        .GetValueOrDefault(skuId);

    private async Task Replace(string spuId, Dictionary<string, object?> product) =>
        (await Api.Operator().Put($"{ProductsPath}/{spuId}", product)).EnsureSuccessStatusCode();

    private async Task<string> StockStatus(string spuId) =>
        (await (await Api.Http.GetAsync($"/api/products/{spuId}")).Json()).GetProperty("skus")[0].Text("stock");

    private async Task<string> Refused(params Dictionary<string, object?>[] skus) =>
        await (await Api.Create(Product(NewId("spu"), skus))).Code() ?? "";

    private async Task<System.Text.Json.JsonElement[]> Offered(string query = "?")
    {
        var items = new List<System.Text.Json.JsonElement>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await (await Api.Http.GetAsync(
                $"/api/products{query}&limit=100{(cursor == "" ? "" : $"&cursor={cursor}")}")).Json();
            items.AddRange(page.Items());
            cursor = page.GetProperty("next").GetString();
        }

        return [.. items];
    }
}
