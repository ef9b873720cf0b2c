using Pond.Platform;

namespace Pond.Bargains;

/// <summary>Partition <c>bh:{memberId}</c>: its head <c>helps</c> is the last day on which the member helped.</summary>
public static class HelperRows
{
    public const string Head = "helps";

    public static string Partition(string memberId) => "bh:" + memberId;

    public static Layout<HelperDay?, HelperEvent> Day(string memberId) => new(
        Partition(memberId),
        Head,
        Loads: [],
        Read: rows => rows.Find<HelperDay>(Head),
        Write: day => day is null ? [] : [new StateRow(Head, day)],
        Evolve: HelperDay.Evolve,
        Announce: fact => fact is HelperEvent.Held held ? [BargainMessages.HelpHeld(held.Help)] : []);
}
