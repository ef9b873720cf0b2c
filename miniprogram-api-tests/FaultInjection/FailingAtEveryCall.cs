using System.Text.Json;
using Xunit.Abstractions;

namespace Pond.Tests.FaultInjection;

/// <summary>
/// Each value operation, with each single call to the store or a queue going wrong in each way: of the request
/// itself, of the deliveries that it causes, and of the sweep that finds what no message told.
/// </summary>
public sealed class FailingAtEveryCall(ITestOutputHelper output)
{
    private const int Resends = 2;

    public static TheoryData<string, FaultWay> OperationsAndWays() => WithAllWays(ValueOperation.All.Keys);

    /// <summary>A check-in tells nobody anything, so no sweep has work with it.</summary>
    public static TheoryData<string, FaultWay> TellingOperationsAndWays() => WithAllWays(["claim", "spend", "grow"]);

    [Theory, MemberData(nameof(OperationsAndWays))]
    public Task One_effect_and_one_answer_whichever_call_fails(string operation, FaultWay way) =>
        TryEveryCall(operation, way, Try);

    [Theory, MemberData(nameof(TellingOperationsAndWays))]
    public Task One_effect_and_one_answer_whichever_call_of_the_sweep_fails(string operation, FaultWay way) =>
        TryEveryCall(operation, way, TrySweep);

    private static TheoryData<string, FaultWay> WithAllWays(IEnumerable<string> operations)
    {
        var cases = new TheoryData<string, FaultWay>();
        foreach (var operation in operations)
            foreach (var way in Enum.GetValues<FaultWay>()) cases.Add(operation, way);
        return cases;
    }

    private delegate Task Trial(FaultyApp app, ValueOperation operation, Action arm);

    private async Task TryEveryCall(string name, FaultWay way, Trial trial)
    {
        await using var app = await FaultyApp.Start();
        var calls = await CallsOf(app, name, trial);
        var chosen = calls.Where(call => IsOpenTo(call, way)).ToList();
        foreach (var call in chosen)
        {
            try
            {
                var operation = await Prepare(app, name, $"{name}-{call.Number}");
                await trial(app, operation, () => app.Faults.Arm(call.Number, way));
            }
            catch (Exception failure)
            {
                var where = $"{way} at call {call.Number} of {calls.Count}, {call.Name}";
                throw new InvalidOperationException(where, failure);
            }
        }

        Assert.NotEmpty(chosen);
        output.WriteLine($"{name}, {way}: {chosen.Count} of {calls.Count} calls tried");
    }

    private static async Task<IReadOnlyList<PortCall>> CallsOf(FaultyApp app, string name, Trial trial)
    {
        var operation = await Prepare(app, name, $"{name}-0");
        await trial(app, operation, app.Faults.Count);
        return app.Faults.Disarm();
    }

    private static async Task<ValueOperation> Prepare(FaultyApp app, string name, string shopper)
    {
        var operation = await ValueOperation.All[name](app, shopper);
        await app.Settle(); // the calls that follow are the operation's own
        await operation.LogInAgain(app.Api);
        return operation;
    }

    private static async Task Try(FaultyApp app, ValueOperation operation, Action arm)
    {
        arm();
        var answer = await app.Answered(operation.Send);
        await app.Deliver();
        await Finish(app, operation, answer);
    }

    private static async Task TrySweep(FaultyApp app, ValueOperation operation, Action arm)
    {
        var answer = await app.Answered(operation.Send);
        await app.Api.Purge();
        arm();
        await app.Sweep();
        await app.Deliver();
        await Finish(app, operation, answer);
    }

    private static async Task Finish(FaultyApp app, ValueOperation operation, HttpResponseMessage answer)
    {
        app.Faults.Disarm();
        var body = await answer.Content.ReadAsStringAsync();
        for (var resend = 0; resend < Resends; resend++)
        {
            var again = await app.Answered(operation.Send);
            Assert.Equal(answer.StatusCode, again.StatusCode);
            Assert.Equal(body, await again.Content.ReadAsStringAsync());
        }

        await app.Settle();
        await operation.AssertOneEffect(app.Api, answer.StatusCode, JsonDocument.Parse(body).RootElement);
    }

    /// <summary>Only a commit may land late, and a read that fails after it has happened is one that fails.</summary>
    private static bool IsOpenTo(PortCall call, FaultWay way) => way switch
    {
        FaultWay.FailsBefore or FaultWay.CrashesBefore => true,
        FaultWay.FailsAfter or FaultWay.CrashesAfter => call.Kind is not PortCallKind.Read,
        _ => call.Kind is PortCallKind.Commit,
    };
}
