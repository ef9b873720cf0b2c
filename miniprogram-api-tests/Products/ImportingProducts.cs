using System.Net;
using System.Text;
using System.Text.Json;
using Pond.Tests.Operators;
using static Pond.Tests.Products.ProductSteps;

namespace Pond.Tests.Products;

[Rule("PRD-06")]
public sealed class ImportingProducts(SharedApi app) : IClassFixture<SharedApi>
{
    private const string Heading = "spuId,skuId,categoryId,title,specs,priceFen,state,stock";

    private MiniProgramApi Api => app.Api;

    [Fact]
    public async Task A_file_makes_products_with_variants_prices_and_stock()
    {
        var (spuId, small, large) = (NewId("spu"), NewId("sku"), NewId("sku"));

        var import = await Done(
            $""""
            {Heading}
            {spuId},{small},green-tea,"龙井,""明前""",净含量=50克,4000,onSale,12
            {spuId},{large},,,净含量=100克,7500,,3
            """");

        Assert.Equal(("done", 2, 2, 0), Progress(import));
        var product = await (await Api.Http.GetAsync($"/api/products/{spuId}")).Json();
        Assert.Equal("龙井,\"明前\"", product.Text("title"));
        Assert.Equal([4_000, 7_500], product.GetProperty("skus").EnumerateArray().Select(sku => sku.Whole("priceFen")));
        Assert.Equal((12, 0), await Api.StockOf(small));
        Assert.Equal((3, 0), await Api.StockOf(large));
    }

    [Fact]
    public async Task A_row_that_is_refused_says_why_and_keeps_no_other()
    {
        var (spuId, taken) = (NewId("spu"), await Api.Sell(stock: 0));

        var import = await Done(
            $"""
            {Heading}
            {spuId},{NewId("sku")},green-tea,龙井,净含量=50克,4000,,
            {spuId},{taken},green-tea,龙井,净含量=60克,4000,,
            {spuId},{NewId("sku")},green-tea,龙井,颜色=绿,4000,,
            {spuId},{NewId("sku")},green-tea,龙井,净含量=70克,-1,,
            {NewId("spu")},{NewId("sku")},,,,,,
            {spuId},x,green-tea,龙井,净含量,4.5,someday,
            {spuId},{NewId("sku")},,,净含量=80克,4800,,
            """);

        Assert.Equal(("done", 7, 2, 5), Progress(import));
        var errors = await Api.Operator().AllPages($"{ImportsPath}/{import.Text("importId")}/errors", 2);
        Assert.Equal([2, 3, 4, 5, 6], errors.Select(error => error.Whole("row")));
        Assert.Equal(
            ["product.sku_taken", "product.specs_uneven", "import.bad_field", "import.incomplete", "import.bad_field"],
            errors.Select(error => error.Text("code")));
        Assert.StartsWith("priceFen：", errors[2].Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_fields_leave_what_is_and_the_same_file_again_changes_nothing()
    {
        var skuId = await Api.Sell(stock: 5);
        var file = $"skuId,spuId,priceFen,stock\n{skuId},{SpuOf(skuId)},3900,8\n";

        await Done(file);
        var first = await ProductOf(skuId);
        await Done(file);
        var second = await ProductOf(skuId);

        Assert.Equal("西湖龙井", first.Text("title"));
        Assert.Equal(3_900, first.GetProperty("skus")[0].Whole("priceFen"));
        Assert.Equal(30, first.GetProperty("skus")[0].Whole("repurchaseCycleDays"));
        Assert.Equal(first.ToString(), second.ToString());
        Assert.Equal((8, 0), await Api.StockOf(skuId));
        Assert.Equal([3, 5], (await Api.EntriesOf(skuId)).Select(entry => entry.Whole("quantity")));
    }

    [Fact]
    public async Task Stock_is_not_set_below_what_orders_keep()
    {
        var skuId = await Api.Sell(stock: 5);
        await Api.Reserve(ReservingStock.NewOrder(), (skuId, 4));

        var import = await Done($"skuId,spuId,stock\n{skuId},{SpuOf(skuId)},3\n");

        Assert.Equal(("done", 1, 0, 1), Progress(import));
        Assert.Equal((5, 4), await Api.StockOf(skuId));
    }

    [Theory, InlineData(11), InlineData(12)]
    public async Task Messages_that_come_thrice_take_over_each_row_once(int seed)
    {
        var (spuId, skuIds) = (NewId("spu"), Enumerable.Range(0, 45).Select(_ => NewId("sku")).ToArray());
        var rows = skuIds.Select((skuId, i) => $"{spuId},{skuId},green-tea,龙井,净含量={i + 1}克,4000,onSale,2");
        var answer = await Api.Operator().Import(string.Join('\n', rows.Prepend(Heading)));
        for (var i = 0; i < 6; i++) await Api.DeliverThrice(seed + i);

        var import = await Get((await answer.Json()).Text("importId"));

        Assert.Equal(("done", 45, 45, 0), Progress(import));
        var stocks = await Task.WhenAll(skuIds.Select(skuId => Api.EntriesOf(skuId)));
        Assert.All(stocks, entries => Assert.Single(entries));
        Assert.Equal(46, (await (await Api.Operator().Get($"{ProductsPath}/{spuId}")).Json()).Whole("version"));
    }

    [Fact]
    public async Task The_same_key_is_the_same_import()
    {
        var (key, file) = (Phone.NewKey(), $"{Heading}\n{NewId("spu")},{NewId("sku")},green-tea,龙井,,4000,,1\n");

        var first = await Api.Operator().Import(file, key);
        var again = await Api.Operator().Import(file, key);
        var other = await Api.Operator().Import(file + "\n", key);

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal((await first.Json()).Text("importId"), (await again.Json()).Text("importId"));
        Assert.Equal("idempotency.key_reused", await other.Code());
    }

    [Fact]
    public async Task A_mark_at_the_start_and_any_order_of_columns_will_do()
    {
        var skuId = NewId("sku");

        var import = await Done($"\uFEFFtitle,skuId,priceFen,categoryId,spuId\r\n红茶,{skuId},1,tea-leaf,{NewId("spu")}\r\n");

        Assert.Equal(("done", 1, 1, 0), Progress(import));
    }

    [Theory]
    [InlineData("", "import.bad_heading"), InlineData("a,b\n1,2", "import.bad_heading")]
    [InlineData("spuId,skuId", "import.empty"), InlineData("spuId,skuId,spuId\n1,2,3", "import.bad_heading")]
    [InlineData("spuId,skuId\n1", "import.malformed"), InlineData("spuId,skuId\n1,\"2", "import.malformed")]
    [InlineData("spuId,skuId\n1,\"2\"\"", "import.malformed"), InlineData("spuId,skuId\n1,2\"3", "import.malformed")]
    [InlineData("spuId,skuId\n1,2,3", "import.malformed"), InlineData("spuId,skuId\n1,\0", "request.malformed")]
    public async Task A_file_that_is_none_is_refused_as_a_whole(string file, string code) =>
        Assert.Equal(code, await (await Api.Operator().Import(file)).Code());

    [Fact]
    public async Task A_file_that_is_too_long_or_of_another_kind_is_refused()
    {
        string[] files =
        [
            "spuId,skuId\n" + string.Concat(Enumerable.Repeat("a,b\n", 1_001)),
            "spuId,skuId\n" + new string('\u0001', 100_000) + ",b",
        ];

        foreach (var file in files) Assert.Equal("import.too_large", await (await Api.Operator().Import(file)).Code());
        Assert.Equal("request.too_large", await (await Api.Operator().Import(new string('a', 524_289))).Code());
        Assert.Equal(
            "request.not_csv", await (await Api.Operator().Import("spuId,skuId\n1,2", mediaType: "text/plain")).Code());
    }

    [Fact]
    public async Task A_thousand_rows_fit()
    {
        var (spuIds, rows) = (NewId("spu"), new StringBuilder(Heading));
        for (var i = 0; i < 1_000; i++) rows.Append($"\n{spuIds}-{i},{spuIds}-{i},green-tea,龙井茶{new string('茶', 40)},,0,,");

        var import = await Done(rows.ToString());

        Assert.Equal(("done", 1_000, 0, 1_000), Progress(import));
    }

    [Fact, Rule("ADM-01")]
    public async Task A_file_that_sets_stock_asks_for_who_may_adjust_it()
    {
        var (marketing, both) = (await Api.OperatorWith("marketing"), await Api.OperatorWith("marketing", "finance"));
        var file = $"{Heading}\n{NewId("spu")},{NewId("sku")},green-tea,龙井,,4000,,";

        Assert.Equal(HttpStatusCode.Accepted, (await marketing.Import(file)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await marketing.Import(file + "1")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await both.Import(file + "1")).StatusCode);
    }

    [Fact]
    public async Task An_import_that_is_none_is_missing() =>
        Assert.Equal("import.missing", await (await Api.Operator().Get($"{ImportsPath}/x")).Code());

    private static (string State, long Rows, long Applied, long Errors) Progress(JsonElement import) =>
        (import.Text("state"), import.Whole("rowCount"), import.Whole("appliedCount"), import.Whole("errorCount"));

    private async Task<JsonElement> Done(string file)
    {
        var answer = await Api.Operator().Import(file);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await Api.Deliver();
        return await Get((await answer.Json()).Text("importId"));
    }

    private async Task<JsonElement> Get(string importId) =>
        await (await Api.Operator().Get($"{ImportsPath}/{importId}")).Json();

    private async Task<JsonElement> ProductOf(string skuId) =>
        await (await Api.Operator().Get($"{ProductsPath}/{SpuOf(skuId)}")).Json();
}
