using System.Text.Json;
using Xunit.Abstractions;

namespace Pond.Tests.FaultInjection;

/// <summary>
/// Each value operation, with each single call to the store or a queue going wrong in each way: of the request
/// itself, of the deliveries that it causes, and of the sweep that finds what no message told.
/// </summary>
/// <remarks>A class for each way, so that they run side by side.</remarks>
public abstract class FailingAtEveryCall(FaultWay way, ITestOutputHelper output)
{
    private const int Resends = 2;
    private const int TrialsPerApp = 20; // what earlier trials have left makes every look at the rows longer

    public static TheoryData<string> Operations => [.. ValueOperation.All.Keys];

    /// <summary>A check-in tells nobody anything, so no sweep has work with it.</summary>
    public static TheoryData<string> TellingOperations => ["claim", "spend", "grow"];

    [Theory, MemberData(nameof(Operations))]
    public Task One_effect_and_one_answer_whichever_call_fails(string operation) => TryEveryCall(operation, Try);

    [Theory, MemberData(nameof(TellingOperations))]
    public Task One_effect_and_one_answer_whichever_call_of_the_sweep_fails(string operation) =>
        TryEveryCall(operation, TrySweep);

    private delegate Task Trial(FaultyApp app, ValueOperation operation, Action arm);

    private async Task TryEveryCall(string name, Trial trial)
    {
        var calls = await CallsOf(name, trial);
        var chosen = calls.Where(call => IsOpenTo(call, way)).ToList();
        foreach (var some in chosen.Chunk(TrialsPerApp))
        {
            await using var app = await FaultyApp.Start();
            foreach (var call in some) await TryCall(app, name, trial, call);
        }

        Assert.NotEmpty(chosen);
        output.WriteLine($"{name}, {way}: {chosen.Count} of {calls.Count} calls tried");
    }

    private async Task TryCall(FaultyApp app, string name, Trial trial, PortCall call)
    {
        try
        {
            var operation = await Prepare(app, name, $"{name}-{call.Number}");
            await trial(app, operation, () => app.Faults.Arm(call.Number, way));
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{way} at call {call.Number}, {call.Name}", failure);
        }
    }

    private static async Task<IReadOnlyList<PortCall>> CallsOf(string name, Trial trial)
    {
        await using var app = await FaultyApp.Start();
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

public sealed class FailingBeforeEveryCall(ITestOutputHelper output)
    : FailingAtEveryCall(FaultWay.FailsBefore, output);

public sealed class FailingAfterEveryCall(ITestOutputHelper output)
    : FailingAtEveryCall(FaultWay.FailsAfter, output);

public sealed class LandingBeforeTheNextCommit(ITestOutputHelper output)
    : FailingAtEveryCall(FaultWay.LandsBeforeNextCommit, output);

public sealed class LandingAfterTheNextCommit(ITestOutputHelper output)
    : FailingAtEveryCall(FaultWay.LandsAfterNextCommit, output);

public sealed class CrashingBeforeEveryCall(ITestOutputHelper output)
    : FailingAtEveryCall(FaultWay.CrashesBefore, output);

public sealed class CrashingAfterEveryCall(ITestOutputHelper output)
    : FailingAtEveryCall(FaultWay.CrashesAfter, output);
