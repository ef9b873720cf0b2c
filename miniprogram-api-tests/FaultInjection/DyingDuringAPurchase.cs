using Xunit.Abstractions;

namespace Pond.Tests.FaultInjection;

/// <summary>
/// The process dies at each single call of a port on the way from quote to order, payment, notification and refund:
/// to the store, to a queue, to WeChat Pay.
/// </summary>
/// <remarks>
/// A death right after a write leaves what a death before the next write leaves, whatever is read in between: so it is
/// tried before each write. A class for each half, so that they run side by side.
/// </remarks>
public abstract class DyingDuringAPurchase(int half, ITestOutputHelper output)
{
    private const int Halves = 2;
    private const int TrialsPerApp = 12; // what earlier trials have left makes every look at the rows longer

    [Fact]
    public async Task One_outcome_in_every_book_whichever_call_it_dies_at()
    {
        var calls = await Calls();
        var chosen = calls.Where(call => call.Kind is not PortCallKind.Read && call.Number % Halves == half).ToList();
        Assert.NotEmpty(chosen);
        foreach (var some in chosen.Chunk(TrialsPerApp))
        {
            await using var app = await FaultyApp.Start();
            foreach (var call in some) await Try(app, call);
        }

        output.WriteLine($"{chosen.Count} of {calls.Count} calls tried");
    }

    private static async Task<IReadOnlyList<PortCall>> Calls()
    {
        await using var app = await FaultyApp.Start();
        var purchase = await Purchase.Prepare(app, "shopper-0");
        app.Faults.Count();
        await purchase.Run();
        var calls = app.Faults.Disarm();
        await purchase.AssertOneOutcome();
        return calls;
    }

    private static async Task Try(FaultyApp app, PortCall call)
    {
        try
        {
            var purchase = await Purchase.Prepare(app, $"shopper-{call.Number}");
            app.Faults.Arm(call.Number, FaultWay.CrashesBefore);
            await purchase.Run();
            await purchase.AssertOneOutcome();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Dead at call {call.Number}, {call.Name}", failure);
        }
    }
}

public sealed class DyingAtOddCalls(ITestOutputHelper output) : DyingDuringAPurchase(1, output);

public sealed class DyingAtEvenCalls(ITestOutputHelper output) : DyingDuringAPurchase(0, output);
