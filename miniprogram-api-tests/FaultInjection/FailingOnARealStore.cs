using System.Text.Json;

namespace Pond.Tests.FaultInjection;

/// <summary>
/// A few of the faults that <see cref="FailingAtEveryCall"/> tries in a simulated world, on SQLite and over HTTP: the
/// simulation is worth as much as it resembles these.
/// </summary>
public sealed class FailingOnARealStore
{
    private const int WritesApart = 40;

    public static TheoryData<FaultWay> Ways => [.. Enum.GetValues<FaultWay>()];

    [Theory, MemberData(nameof(Ways))]
    public async Task A_claim_has_one_effect_and_one_answer_when_its_commit_goes_wrong(FaultWay way)
    {
        await using var app = await FaultyApp.Start();
        var claim = await ValueOperation.All["claim"](app, "alice");
        await app.Settle();
        await claim.LogInAgain(app.Api);
        var isHit = false;
        app.Faults.Arm(IsOfTheStock, way);

        var answer = await app.Answered(claim.Send);
        await app.Deliver();
        app.Faults.Disarm();
        var body = await answer.Content.ReadAsStringAsync();
        var again = await app.Answered(claim.Send);
        await app.Settle();

        Assert.True(isHit);
        Assert.Equal((answer.StatusCode, body), (again.StatusCode, await again.Content.ReadAsStringAsync()));
        await claim.AssertOneEffect(app.Api, answer.StatusCode, JsonDocument.Parse(body).RootElement);

        bool IsOfTheStock(PortCall call)
        {
            var isIt = call.Name.StartsWith("commit c:", StringComparison.Ordinal);
            isHit |= isIt;
            return isIt;
        }
    }

    [Fact]
    public async Task A_purchase_has_one_outcome_in_every_book_whichever_write_it_dies_before()
    {
        await using var app = await FaultyApp.Start();
        var unharmed = await Purchase.Prepare(app, "shopper-0");
        app.Faults.Count();
        await unharmed.Run();
        var writes = app.Faults.Disarm().Where(call => call.Kind is not PortCallKind.Read).ToList();
        await unharmed.AssertOneOutcome();
        Assert.True(writes.Count > WritesApart);

        for (var index = WritesApart / 2; index < writes.Count; index += WritesApart)
        {
            var purchase = await Purchase.Prepare(app, $"shopper-{index}");
            app.Faults.Arm(writes[index].Number, FaultWay.CrashesBefore);
            await purchase.Run();
            await purchase.AssertOneOutcome();
        }
    }
}
