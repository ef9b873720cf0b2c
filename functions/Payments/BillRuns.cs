using Pond.Kernel;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Payments;

/// <summary>
/// PAY-08: a day that was compared. Row <c>day:{day}</c> of the partition <c>{spread}:payment-bills</c>.
/// </summary>
/// <param name="Lines">Of WeChat's bill.</param>
/// <param name="Differences">Tickets that are about the day, the new ones and those of before.</param>
/// <param name="At">When it was compared last.</param>
public sealed record BillRun(ChinaDay Day, int Lines, int Differences, DateTimeOffset At);

/// <summary>A day was compared.</summary>
/// <param name="OperatorId">Who wanted it; null for the clock.</param>
public sealed record BillCompared(BillRun Run, string? OperatorId, string? Reason);

/// <summary>Where the days are that were compared.</summary>
public static class BillRunRows
{
    private const string Name = "payment-bills";
    private const int SpreadChars = 4;

    public static readonly string Partition = $"{Keys.Hash(Name)[..SpreadChars]}:{Name}";

    public static string Row(ChinaDay day) => $"day:{day}";

    /// <summary>One day.</summary>
    public static Layout<BillRun?, BillCompared> Day(ChinaDay day) => new(
        Partition,
        Row(day),
        Loads: [],
        Read: rows => rows.Find<BillRun>(Row(day)),
        Write: run => run is null ? [] : [new StateRow(Row(day), run)],
        Evolve: (_, compared) => compared.Run,
        Announce: Announce);

    private static IEnumerable<Message> Announce(BillCompared compared)
    {
        if (compared is not { OperatorId: { } by, Run: var run }) yield break;
        yield return OperatorMessages.Acted(new OperatorActedV1(
            by, "payment_bill.compare", run.Day.ToString(), compared.Reason ?? "", null,
            $"{run.Lines}/{run.Differences}", run.At));
    }
}
