using Pond.ExportJobs;
using Pond.Platform.Outbox;
using Pond.Tests.Operators;
using Pond.Tests.PlatformSpecs;
using Pond.Tests.Promotions;
using Pond.Tests.Tags;

namespace Pond.Tests.ExportJobs;

/// <summary>Marketing takes what the app knows into a table program.</summary>
[Rule("ADM-06")]
public sealed class OrderingTables : IAsyncLifetime
{
    private MiniProgramApi api = null!;

    public async Task InitializeAsync() => api = await MiniProgramApi.Start();

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task A_table_is_written_by_a_job_and_fetched_when_it_is_done()
    {
        var tagId = await api.Tag("老客");
        var exportId = await api.OrderTable("tags");
        Assert.Equal("running", (await Progress(exportId)).Text("state"));
        Assert.Equal("export.not_done", await (await api.TableFile(exportId)).Code());

        await api.Deliver();

        var done = await Progress(exportId);
        Assert.Equal(("done", 1L, false), (done.Text("state"), done.Whole("rowCount"), done.GetProperty("isCut").GetBoolean()));
        var file = await api.TableFile(exportId);
        Assert.Equal("text/csv", file.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", file.Headers.CacheControl?.ToString());
        var lines = (await file.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("\"标签编号\",\"名称\",\"分组\",\"类别\",\"是否停用\",\"会员数\",\"创建时间\"", lines[0].TrimStart('\uFEFF'));
        Assert.StartsWith($"\"{tagId}\",\"老客\",\"\",\"source\",\"否\",\"0\",\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_has_named_like_a_formula_is_a_text()
    {
        await api.Tag("=cmd|'/c calc'");
        await api.Tag("＋1\"2");
        var lines = await api.TableOf("tags");
        Assert.Contains(lines, line => line.Contains("\"'=cmd|'/c calc'\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("\"'＋1\"\"2\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_row_stands_in_it_once_though_every_message_comes_three_times_out_of_order()
    {
        for (var number = 0; number < ExportJob.RowsPerPart + 20; number++) await api.Tag($"标签{number}");
        var exportId = await api.OrderTable("tags");
        await api.DeliverThrice(seed: 3);
        await api.Deliver();

        var lines = await (await api.TableFile(exportId)).TableLines();
        Assert.Equal(ExportJob.RowsPerPart + 20, lines.Length);
        Assert.Distinct(lines);
    }

    [Fact]
    public async Task The_same_order_again_is_the_same_table()
    {
        var key = Phone.NewKey();
        var first = await (await api.Operator().Post(ExportSteps.ExportsPath, new { kind = "channels" }, key)).Json();
        await api.Deliver();
        var again = await (await api.Operator().Post(ExportSteps.ExportsPath, new { kind = "channels" }, key)).Json();
        Assert.Equal(first.Text("exportId"), again.Text("exportId"));
    }

    [Fact]
    public async Task There_are_tables_of_all_kinds()
    {
        var (promotionId, _) = await api.Coupons();
        Assert.StartsWith($"\"{promotionId}\",\"春茶节\",\"live\"", (await api.TableOf("promotions")).Single(), StringComparison.Ordinal);
        foreach (var kind in new[] { "channels", "referralReviews", "leaderboardWinners" })
            Assert.Empty(await api.TableOf(kind));
    }

    [Fact]
    public async Task After_seven_days_it_is_gone_with_all_its_parts()
    {
        await api.Tag("老客");
        var exportId = await api.OrderTable("tags");
        await api.Deliver();
        api.Clock.Advance(ExportJob.KeptFor);
        Assert.Equal("export.missing", await (await api.TableFile(exportId)).Code());

        api.Clock.Advance(TimeSpan.FromMinutes(3));
        await api.Fire(nameof(RemoveExports));
        Assert.Equal("export.missing", await (await api.Operator().Get($"{ExportSteps.ExportsPath}/{exportId}")).Code());
        Assert.DoesNotContain(
            StoredRow.AllButHints(api), row => row.Partition == ExportRows.Partition(exportId) && row.Key.StartsWith("part:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_there_is_not_and_who_may_not_is_refused()
    {
        Assert.Equal("export.missing", await (await api.TableFile("nothing")).Code());
        Assert.Equal("request.malformed", await (await api.Operator().Post(ExportSteps.ExportsPath, new { kind = "members" })).Code());
        var service = await api.OperatorWith("service");
        Assert.Equal("operator.role_missing", await (await service.Post(ExportSteps.ExportsPath, new { kind = "tags" })).Code());
    }

    private async Task<System.Text.Json.JsonElement> Progress(string exportId) =>
        await (await api.Operator().Get($"{ExportSteps.ExportsPath}/{exportId}")).Json();
}
