using System.Net;
using Pond.Coupons;
using Pond.Platform;
using Pond.Tests.Processes;
using static Pond.Tests.Coupons.CouponSteps;

namespace Pond.Tests.Coupons;

[Rule("D22"), Rule("CPN-04")]
public class ChangingStock(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Theory, InlineData(1), InlineData(3)]
    public async Task A_raised_or_lowered_stock_keeps_what_is_claimed(int shards)
    {
        var templateId = await api.PublishTemplate(stock: 10, shards: shards);
        var first = await shared.Newcomer();
        (await first.Post(ClaimsOf(templateId))).EnsureSuccessStatusCode();

        Assert.Equal(25, await Changed(templateId, 25));
        Assert.Equal((1, 24), await api.StockOf(templateId));
        Assert.Equal(4, await Changed(templateId, 4));
        Assert.Equal((1, 3), await api.StockOf(templateId));
        for (var i = 0; i < 3; i++)
            (await (await shared.Newcomer()).PostUntilAnswered(ClaimsOf(templateId))).EnsureSuccessStatusCode();
        Assert.Equal("coupon.sold_out", await (await (await shared.Newcomer()).PostUntilAnswered(ClaimsOf(templateId))).Code());
        Assert.Equal(5, await Changed(templateId, 5));
        (await (await shared.Newcomer()).PostUntilAnswered(ClaimsOf(templateId))).EnsureSuccessStatusCode();
        await api.Deliver();

        Assert.Equal((5, 0), await api.StockOf(templateId));
        Assert.Equal("coupon.limit_reached", await (await first.Post(ClaimsOf(templateId))).Code());
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Theory, InlineData(1), InlineData(4)]
    public async Task Lowered_while_two_hundred_claim_the_stock_loses_free_slots_alone(int shards)
    {
        var templateId = await api.PublishTemplate(stock: 150, shards: shards);
        var phones = new List<Phone>();
        for (var i = 0; i < 200; i++) phones.Add(await shared.Newcomer());

        var claiming = Task.WhenAll(phones.Select(phone => phone.PostUntilAnswered(ClaimsOf(templateId))));
        var lowered = await api.Operator().Put(StockOf(templateId), new { stock = 120 });
        var claimed = (await claiming).Count(answer => answer.StatusCode == HttpStatusCode.Accepted);
        await api.Deliver();

        var stock = lowered.IsSuccessStatusCode ? (await lowered.Json()).Whole("stock") : 150;
        Assert.True(lowered.IsSuccessStatusCode || await lowered.Code() == "coupon.stock_claimed");
        Assert.InRange(stock, 120, 150);
        Assert.Equal(stock, claimed);
        Assert.Equal((stock, 0), await api.StockOf(templateId));
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Theory, InlineData(1), InlineData(4)]
    public async Task Raised_while_two_hundred_claim_the_stock_gives_all_it_has(int shards)
    {
        var templateId = await api.PublishTemplate(stock: 20, shards: shards);
        var phones = new List<Phone>();
        for (var i = 0; i < 200; i++) phones.Add(await shared.Newcomer());

        var claiming = Task.WhenAll(phones.Select(phone => phone.PostUntilAnswered(ClaimsOf(templateId))));
        (await api.Operator().Put(StockOf(templateId), new { stock = 60 })).EnsureSuccessStatusCode();
        var claimed = (await claiming).Count(answer => answer.StatusCode == HttpStatusCode.Accepted);
        foreach (var phone in phones)
        {
            if (claimed < 60 && (await phone.PostUntilAnswered(ClaimsOf(templateId))).IsSuccessStatusCode) claimed++;
        }
        await api.Deliver();

        Assert.Equal(60, claimed);
        Assert.Equal((60, 0), await api.StockOf(templateId));
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Fact]
    public async Task Below_what_members_and_codes_have_it_does_not_go()
    {
        var templateId = await api.PublishTemplate(stock: 10);
        (await (await shared.Newcomer()).Post(ClaimsOf(templateId))).EnsureSuccessStatusCode();
        await api.MakeCodes(templateId, 4);

        var answer = await api.Operator().Put(StockOf(templateId), new { stock = 4 });

        Assert.Equal("coupon.stock_claimed", await answer.Code());
        Assert.Equal((1, 5), await api.StockOf(templateId));
        Assert.Equal(5, await Changed(templateId, 5));
        Assert.Equal((1, 0), await api.StockOf(templateId));
        await api.Deliver();
        Books.AssertBalanced(StoredRow.All(api));
    }

    [Fact]
    public async Task A_stopped_template_keeps_its_stock_and_the_audit_tells_of_changes()
    {
        var templateId = await api.PublishTemplate(stock: 10);
        await Changed(templateId, 12);
        await Changed(templateId, 11);
        await Changed(templateId, 11);
        await api.ChangeTemplate(templateId, "ended");
        await api.Deliver();

        Assert.Equal(
            "coupon.template_edge", await (await api.Operator().Put(StockOf(templateId), new { stock = 20 })).Code());
        Assert.Equal(
            [("10", "12"), ("12", "11")],
            (await api.AuditOf(templateId)).Where(line => line.Text("action") == "coupon_template.stock")
                .Select(line => (line.Text("before"), line.Text("after"))));
        Assert.Equal(
            "coupon.template_missing",
            await (await api.Operator().Put(StockOf(new Ids().Next()), new { stock = 20 })).Code());
    }

    [Theory]
    [InlineData(FaultWay.CrashesBefore), InlineData(FaultWay.CrashesAfter)]
    [InlineData(FaultWay.FailsBefore), InlineData(FaultWay.FailsAfter)]
    public async Task Whichever_commit_fails_a_lowered_stock_adds_up(FaultWay way)
    {
        for (var number = 1; number <= 6; number++)
        {
            await using var app = await FaultInjection.FaultyApp.Start();
            var templateId = await app.Api.PublishTemplate(stock: 12, shards: 3);
            await app.Settle();
            app.Api.Operator(); // the owner's key is made before anything fails
            var commits = 0;
            app.Faults.Arm(
                call => call.Kind is PortCallKind.Commit && call.Name.Contains($"c:{templateId}", StringComparison.Ordinal)
                    && Interlocked.Increment(ref commits) == number,
                way);
            await app.Answered(own => own.Operator().Put(StockOf(templateId), new { stock = 5 }));
            await app.Settle();

            Assert.Equal((0, 5), await app.Api.StockOf(templateId));
            Books.AssertBalanced(StoredRow.All(app.Api));
        }
    }

    private static string StockOf(string templateId) => $"/api/operator/coupon-templates/{templateId}/stock";

    private async Task<long> Changed(string templateId, int stock)
    {
        var answer = await api.Operator().Put(StockOf(templateId), new { stock });
        answer.EnsureSuccessStatusCode();
        return (await answer.Json()).Whole("stock");
    }
}
