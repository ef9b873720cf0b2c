using System.Text;
using Pond.Products;
using Pond.Tests.Fuzzing;
using Pond.Tests.OpenApi;

namespace Pond.Tests.Http;

/// <summary>Files of products that no table program would write.</summary>
public sealed class HostileTables(HostileApp app) : IClassFixture<HostileApp>
{
    [Fact]
    public async Task Broken_tables_are_taken_or_refused_row_by_row_but_never_fail()
    {
        var (cases, random) = (new HostileCases("Tables"), new Random(7));
        var mutator = new BodyMutator(random, ["a"], ["a"]);
        string[] odd =
        [
            "", "\n", ",", "\"", "\"\"", "spuId", "spuId,skuId", "spuId,spuId\na,b", "spuId;skuId\na;b",
            "spuId\tskuId\na\tb", "\uFEFFspuId,skuId\na,b",
            "spuId,skuId\r\"a\"\"\",b", "spuId,skuId\n\"a\nb\",c", "spuId,skuId\n\"a", "spuId,skuId\na\"b,c",
            "spuId,skuId\na,b,c,d", "PK\u0003\u0004",
            "spuId,skuId\n=1+1,@SUM", string.Join(',', Enumerable.Repeat("spuId", 2_000)), "spuId," + new string(',', 30_000),
            "spuId,skuId\n" + new string('a', 30_000), "spuId,skuId\r\na,b\nc,d\re,f", "<html>", "{\"spuId\":1}",
            "spuId,skuId\na,\u202eb",
        ];
        var import = app.Operations.Single(each => each.Id == nameof(ImportProducts));
        var valid = Encoding.UTF8.GetBytes(RequestExamples.Csv);
        byte[][] all = [.. odd.Select(Encoding.UTF8.GetBytes), .. Enumerable.Range(0, 150).Select(_ => mutator.MutateBytes(valid))];
        foreach (var table in all)
            cases.MayRefuse(Encoding.UTF8.GetString(table), await app.Send(import, table, "text/csv"), "");
        await app.Api.Deliver();
        cases.Check("a table poisons a queue", StoredRow.Messages(app.Api).Count == 0);
        cases.Done();
    }
}
