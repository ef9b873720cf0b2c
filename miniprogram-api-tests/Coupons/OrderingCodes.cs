using System.Net;
using Pond.Coupons;
using Pond.Tests.Processes;
using static Pond.Tests.Coupons.CodeSteps;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Coupons;

[Rule("CPN-07")]
public class OrderingCodes(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Theory, InlineData(1), InlineData(3)]
    public async Task A_batch_takes_its_codes_out_of_the_stock_and_counts_them(int shards)
    {
        var templateId = await api.PublishTemplate(stock: 300, shards: shards);

        var answer = await api.Operator().Post(BatchesOf(templateId), new { count = 250, note = "海报" });
        var ordered = await answer.Json();
        await api.Deliver();
        var batch = await api.Batch(templateId, ordered.Text("batchId"));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(("making", 250, 0), (ordered.Text("state"), ordered.Whole("requestedCount"), ordered.Whole("madeCount")));
        Assert.Equal(("ready", 250, 250, 0),
            (batch.Text("state"), batch.Whole("requestedCount"), batch.Whole("madeCount"), batch.Whole("redeemedCount")));
        Assert.Equal((0, 50), await api.StockOf(templateId));
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Fact]
    public async Task Codes_are_told_once_and_for_ten_minutes_again_to_who_lost_the_answer()
    {
        var templateId = await api.PublishTemplate(stock: 20);
        var batchId = await api.MakeCodes(templateId, 5);
        var key = Phone.NewKey();

        var export = await api.ExportCodes(templateId, batchId, key);
        var again = await api.ExportCodes(templateId, batchId, key);
        var other = await api.ExportCodes(templateId, batchId);
        api.Clock.Advance(CodeBatchRules.ExportRepeats);
        var late = await api.ExportCodes(templateId, batchId, key);

        Assert.Equal("text/csv; charset=utf-8", export.Content.Headers.ContentType!.ToString());
        var codes = await export.Codes();
        Assert.Equal(5, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$", code));
        Assert.Equal(codes, await again.Codes());
        Assert.Equal("coupon.batch_exported", await other.Code());
        Assert.Equal("coupon.batch_exported", await late.Code());
    }

    [Fact, Rule("ADM-03")]
    public async Task Order_export_and_revocation_stand_in_the_audit()
    {
        var templateId = await api.PublishTemplate(stock: 20);
        var batchId = await api.MakeCodes(templateId, 5);
        await api.ExportCodes(templateId, batchId);
        await api.Operator().Post($"{BatchesOf(templateId)}/{batchId}/revocation", new { reason = "海报印错" });
        await api.Deliver();

        Assert.Equal(
            ["coupon_codes.order", "coupon_codes.export", "coupon_codes.revoke"],
            (await api.AuditOf($"{templateId}/{batchId}")).Select(line => line.Text("action")));
    }

    [Fact]
    public async Task No_code_is_stored_and_no_row_tells_one()
    {
        var templateId = await api.PublishTemplate(stock: 20);
        var codes = await api.CodesOf(templateId, 5);
        await (await shared.Newcomer()).Post(RedemptionsOf(codes[0]));
        await api.Deliver();

        var rows = StoredRow.All(api).Select(row => $"{row.Partition} {row.Key} {row.Data}").ToList();
        foreach (var code in codes.SelectMany(code => new[] { code, code.Replace("-", "", StringComparison.Ordinal) }))
            Assert.DoesNotContain(rows, row => row.Contains(code, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_revoked_batch_gives_back_what_nobody_has_redeemed()
    {
        var templateId = await api.PublishTemplate(stock: 240, shards: 2);
        var batchId = await api.MakeCodes(templateId, 230);
        var codes = await (await api.ExportCodes(templateId, batchId)).Codes();
        (await (await shared.Newcomer()).Post(RedemptionsOf(codes[7]))).EnsureSuccessStatusCode();

        var answer = await api.Operator().Post(
            $"{BatchesOf(templateId)}/{batchId}/revocation", new { reason = "海报印错" });
        await api.Deliver();
        var batch = await api.Batch(templateId, batchId);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(("revoked", 1, 229), (batch.Text("state"), batch.Whole("redeemedCount"), batch.Whole("revokedCount")));
        Assert.Equal((1, 239), await api.StockOf(templateId));
        Assert.Equal("coupon.code_unknown", await (await (await shared.Newcomer()).Post(RedemptionsOf(codes[8]))).Code());
        Assert.Equal("coupon.batch_revoked", await (await api.ExportCodes(templateId, batchId)).Code());
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Fact]
    public async Task More_codes_than_the_stock_has_are_refused_and_what_claims_took_meanwhile_is_missing()
    {
        var templateId = await api.PublishTemplate(stock: 5);
        var tooMany = await api.Operator().Post(BatchesOf(templateId), new { count = 6, note = "海报" });
        var ordered = await api.Operator().Post(BatchesOf(templateId), new { count = 5, note = "海报" });
        (await (await shared.Newcomer()).Post(ClaimsOf(templateId))).EnsureSuccessStatusCode();
        await api.Deliver();
        var batch = await api.Batch(templateId, (await ordered.Json()).Text("batchId"));

        Assert.Equal("coupon.stock_short", await tooMany.Code());
        Assert.Equal(("ready", 4), (batch.Text("state"), batch.Whole("madeCount")));
        Assert.Equal((1, 0), await api.StockOf(templateId));
        Assert.Equal("coupon.sold_out", await (await (await shared.Newcomer()).Post(ClaimsOf(templateId))).Code());
    }

    [Fact]
    public async Task A_code_that_another_one_happens_to_have_is_left_out_and_its_slot_goes_back()
    {
        var templateId = await api.PublishTemplate(stock: 5);
        var answer = await api.Operator().Post(BatchesOf(templateId), new { count = 3, note = "海报" });
        var batchId = (await answer.Json()).Text("batchId");
        var taken = api.Mint().KeyOf(api.Mint().Code(batchId, 1));
        await CodeRows.TryAdd(
            api.Store, taken, new Code("another", "another", 1, 0, 0, CodeState.Free), CancellationToken.None);
        await api.Deliver();

        Assert.Equal(2, (await api.Batch(templateId, batchId)).Whole("madeCount"));
        Assert.Equal((0, 3), await api.StockOf(templateId));
        Assert.Equal(2, (await (await api.ExportCodes(templateId, batchId)).Codes()).Length);
    }

    [Fact]
    public async Task Batches_are_listed_page_by_page_and_one_key_orders_once()
    {
        var templateId = await api.PublishTemplate(stock: 20);
        var key = Phone.NewKey();
        var order = new { count = 2, note = "海报" };
        var first = await api.Operator().Post(BatchesOf(templateId), order, key);
        var again = await api.Operator().Post(BatchesOf(templateId), order, key);
        await api.MakeCodes(templateId, 3);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal([2, 3], (await api.Operator().AllPages(BatchesOf(templateId), 1))
            .Select(batch => batch.Whole("madeCount")).Order());
        Assert.Equal((0, 15), await api.StockOf(templateId));
    }

    [Fact]
    public async Task Codes_are_for_published_templates_and_neither_told_nor_revoked_before_they_are_made()
    {
        var draftId = await api.DraftTemplate(Some.Template());
        var templateId = await api.PublishTemplate();
        var ordered = await api.Operator().Post(BatchesOf(templateId), new { count = 2, note = "海报" });
        var batchId = (await ordered.Json()).Text("batchId");
        var revocation = $"{BatchesOf(templateId)}/{batchId}/revocation";

        Assert.Equal(
            "coupon.not_offered",
            await (await api.Operator().Post(BatchesOf(draftId), new { count = 2, note = "海报" })).Code());
        Assert.Equal("coupon.batch_not_ready", await (await api.ExportCodes(templateId, batchId)).Code());
        Assert.Equal("coupon.batch_not_ready", await (await api.Operator().Post(revocation, new { reason = "印错" })).Code());
        Assert.Equal("coupon.batch_missing", await (await api.ExportCodes(templateId, draftId)).Code());
    }

    [Theory, InlineData("=1+1", "'=1+1"), InlineData("@SUM(A1)", "'@SUM(A1)"), InlineData("说\"好\"", "说\"\"好\"\"")]
    public void A_field_of_the_file_is_never_a_formula(string text, string field) =>
        Assert.Equal($"\"{field}\"\r\n", Platform.Http.Csv.Of([[text]]));
}
