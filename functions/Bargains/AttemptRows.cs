using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.Bargains;

/// <summary>
/// Partition <c>b:{attemptId}</c>: <c>attempt</c> is the head, <c>help:{memberId}</c> each help, which is only ever
/// inserted, so nobody helps twice, and <c>order:{orderId}</c> what each order has of it.
/// </summary>
public static class AttemptRows
{
    public const string Head = "attempt";
    public const string HelpPrefix = "help";

    /// <summary>The sweep of attempts whose time is over, or nearly.</summary>
    public const string DeadlineDue = "bargain-deadlines";

    public static string Partition(string attemptId) => "b:" + attemptId;

    /// <summary>The attempt, or null when there is none, or the id is none at all.</summary>
    public static async Task<Attempt?> Find(PartitionStore store, string attemptId, CancellationToken cancel) =>
        Ids.IsId(attemptId) ? await store.Find<Attempt>(Partition(attemptId), Head, cancel) : null;

    /// <summary>What some accounts have helped.</summary>
    public static async Task<IReadOnlyList<Help>> HelpsOf(
        PartitionStore store, string attemptId, IReadOnlyList<string> accounts, CancellationToken cancel)
    {
        var helps = await Task.WhenAll(accounts.Select(
            account => store.Find<Help>(Partition(attemptId), HelpRow(account), cancel)));
        return [.. helps.OfType<Help>()];
    }

    /// <summary>Every help, in the order in which they came.</summary>
    public static async Task<IReadOnlyList<Help>> Helps(
        PartitionStore store, string attemptId, CancellationToken cancel)
    {
        var rows = await store.ReadUnder(Partition(attemptId), HelpPrefix, Load.RowsMax, cancel);
        return [.. rows.Select(row => Stored.Read<Help>(row.Data)).OrderBy(help => help.Number)];
    }

    /// <summary>An attempt with what the accounts of one person have helped.</summary>
    public static Layout<AttemptDesk, AttemptEvent> Helping(string attemptId, IReadOnlyList<string> accounts) =>
        Desk(attemptId, accounts, orderId: null);

    /// <summary>An attempt with what one order has of it.</summary>
    public static Layout<AttemptDesk, AttemptEvent> Ordering(string attemptId, string orderId) =>
        Desk(attemptId, [], orderId);

    /// <summary>An attempt alone.</summary>
    public static Layout<AttemptDesk, AttemptEvent> Alone(string attemptId) => Desk(attemptId, [], orderId: null);

    private static Layout<AttemptDesk, AttemptEvent> Desk(
        string attemptId, IReadOnlyList<string> accounts, string? orderId) => new(
        Partition(attemptId),
        Head,
        [
            .. accounts.Select(account => new Load.One(HelpRow(account))),
            .. orderId is null ? (Load[])[] : [new Load.One(OrderRow(orderId))],
        ],
        Read: rows => new AttemptDesk(
            rows.Find<Attempt>(Head),
            [.. accounts.Select(account => rows.Find<Help>(HelpRow(account))).OfType<Help>()],
            orderId is null ? null : rows.Find<AttemptOrder>(OrderRow(orderId))),
        Write: Rows,
        Evolve: AttemptDesk.Evolve,
        Announce: Announce,
        Due: desk => desk.Attempt is { IsWaiting: true } attempt
            ? [new Deadline(DeadlineDue, AttemptEndingRules.NextLook(attempt))]
            : []);

    private static string HelpRow(string memberId) => $"{HelpPrefix}:{memberId}";

    private static string OrderRow(string orderId) => "order:" + orderId;

    private static IEnumerable<StateRow> Rows(AttemptDesk desk)
    {
        if (desk.Attempt is { } attempt) yield return new StateRow(Head, attempt);
        foreach (var help in desk.Helps) yield return new StateRow(HelpRow(help.MemberId), help);
        if (desk.Order is { } order) yield return new StateRow(OrderRow(order.OrderId), order);
    }

    private static IEnumerable<Message> Announce(AttemptEvent fact) => fact switch
    {
        AttemptEvent.HelpRefused refused =>
            [BargainMessages.HelpRefused(new HelpRefusedV1(refused.MemberId, refused.HoldId))],
        AttemptEvent.ToldOfEnd told => [TouchMessages.Planned(told.Touch)],
        _ => [],
    };
}
