using System.Net;
using Pond.Tests.Orders;

namespace Pond.Tests.FlashSales;

public class DraftingFlashSales(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task A_draft_keeps_its_terms_and_is_nothing_to_shoppers()
    {
        var sale = api.FlashSale(await api.Product());
        (sale["perMember"], sale["isHot"], sale["shards"]) = (2, true, 4);

        var answer = await api.Operator().Post(FlashSaleSteps.FlashSalesPath, sale);
        var draft = await answer.Json();

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("flashSale", draft.Text("kind"));
        Assert.Equal("draft", draft.Text("state"));
        Assert.Equal(990, draft.GetProperty("terms").Whole("priceFen"));
        Assert.Equal(2, draft.GetProperty("terms").Whole("perMember"));
        Assert.Equal(4, draft.GetProperty("goods")[0].Whole("shards"));
        Assert.Equal(
            "activity.missing", await (await api.Http.GetAsync($"/api/flash-sales/{draft.Text("activityId")}")).Code());
    }

    [Fact, Rule("FLS-04")]
    public async Task Stock_goes_home_an_hour_after_the_last_order_could_be_paid()
    {
        var draft = await (await api.Operator().Post(
            FlashSaleSteps.FlashSalesPath, api.FlashSale(await api.Product()))).Json();

        Assert.Equal(
            TimeSpan.FromMinutes(65),
            draft.GetProperty("stockUntil").GetDateTimeOffset() - draft.GetProperty("endsAt").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("shards", 2, "flash_sale.needs_heat")]
    [InlineData("priceFen", 4_000, "activity.not_a_sale")]
    [InlineData("skuId", "nothing-there", "activity.not_a_sale")]
    [InlineData("pieces", 20_000, "flash_sale.too_few_shards")]
    [InlineData("perMember", 11, "request.invalid")]
    [InlineData("payMinutes", 4, "request.invalid")]
    [InlineData("endsAt", "2026-03-01T00:00:00+08:00", "activity.bad_window")]
    public async Task What_makes_no_sense_is_refused_also_by_the_preview(string field, object value, string code)
    {
        var sale = api.FlashSale(await api.Product());
        sale[field] = value;

        Assert.Equal(code, await (await api.Operator().Post(FlashSaleSteps.FlashSalesPath, sale)).Code());
        Assert.Equal(
            code, await (await api.Operator().Post($"{FlashSaleSteps.FlashSalesPath}/preview", sale)).Code());
    }

    [Fact]
    public async Task More_shards_than_pieces_are_refused()
    {
        var sale = api.FlashSale(await api.Product(), pieces: 3);
        (sale["isHot"], sale["shards"]) = (true, 4);

        Assert.Equal(
            "flash_sale.too_many_shards", await (await api.Operator().Post(FlashSaleSteps.FlashSalesPath, sale)).Code());
    }

    [Fact]
    public async Task A_preview_tells_what_it_costs()
    {
        var preview = await (await api.Operator().Post(
            $"{FlashSaleSteps.FlashSalesPath}/preview", api.FlashSale(await api.Product()))).Json();

        Assert.Equal(4_000, preview.Whole("listPriceFen"));
        Assert.Equal(3_010, preview.Whole("savedFen"));
        Assert.Equal(30_100, preview.Whole("budgetFen"));
        Assert.Equal(10, preview.Whole("piecesPerShard"));
    }
}
