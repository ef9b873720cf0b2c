using System.Globalization;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Points;

/// <summary>
/// <c>adjustment:{id}</c> in the member's partition, so that one commit approves and books. For operators a copy in the
/// partition <c>points-adjustments</c>, <c>waiting:{end}:{id}</c>, ordered by the end of the waiting.
/// </summary>
public static class AdjustmentRows
{
    public const string ListPartition = "points-adjustments";
    public const string ListPrefix = "waiting";

    private const string Prefix = "adjustment";
    private const int SecondDigits = 11;

    public static string Row(string id) => $"{Prefix}:{id}";

    /// <summary>Below every copy that waits beyond the instant.</summary>
    public static string ListFrom(DateTimeOffset instant) =>
        $"{ListPrefix}:{Keys.Sortable(instant.ToUnixTimeSeconds(), SecondDigits)}";

    /// <summary>The account of a cause, and the adjustment of that cause.</summary>
    public static Layout<AdjustmentCase, PointsEvent> Case(
        string memberId, string id, Cause cause, long points)
    {
        var account = PointsRows.Account(memberId, cause, points < 0 ? Direction.Spend : Direction.Earn);
        return new(
            account.Partition,
            account.Head,
            [.. account.Loads, new Load.One(Row(id))],
            Read: rows => new AdjustmentCase(account.Read(rows), rows.Find<WaitingAdjustment>(Row(id))),
            Write: at => at.Adjustment is { } adjustment
                ? account.Write(at.Account).Append(new StateRow(Row(id), adjustment))
                : account.Write(at.Account),
            Evolve: (at, fact) => fact switch
            {
                PointsEvent.AdjustmentAsked asked => at with { Adjustment = asked.Adjustment },
                PointsEvent.AdjustmentDecided decided => at with { Adjustment = decided.Adjustment },
                _ => at with { Account = account.Evolve(at.Account, fact) },
            },
            Announce: fact => fact switch
            {
                PointsEvent.AdjustmentAsked asked => Announce(asked.Adjustment),
                PointsEvent.AdjustmentDecided decided => Announce(decided),
                _ => account.Announce?.Invoke(fact) ?? [],
            },
            Due: at => account.Due?.Invoke(at.Account) ?? []);
    }

    /// <summary>The copy in the list. Once decided it stays so, whatever comes late.</summary>
    public static Layout<WaitingAdjustment?, WaitingAdjustment> Listed(WaitingAdjustment adjustment)
    {
        var head = $"{ListFrom(adjustment.ExpiresAt)}:{adjustment.Id}";
        return new(
            ListPartition,
            head,
            Loads: [],
            Read: rows => rows.Find<WaitingAdjustment>(head),
            Write: listed => listed is null ? [] : [new StateRow(head, listed)],
            Evolve: (_, changed) => changed);
    }

    private static IEnumerable<Message> Announce(WaitingAdjustment asked) =>
    [
        OperatorMessages.Acted(new OperatorActedV1(
            asked.AskedBy, "points.adjust_ask", asked.Id, asked.Reason, null,
            asked.Points.ToString(CultureInfo.InvariantCulture), asked.AskedAt)),
        AdjustmentMessages.Changed(asked),
    ];

    private static IEnumerable<Message> Announce(PointsEvent.AdjustmentDecided decided) =>
    [
        OperatorMessages.Acted(new OperatorActedV1(
            decided.OperatorId, "points.adjust_decide", decided.Adjustment.Id, decided.Reason,
            ResponseJson.NameOf(AdjustmentState.Waiting), ResponseJson.NameOf(decided.Adjustment.State), decided.At)),
        AdjustmentMessages.Changed(decided.Adjustment),
    ];
}
