using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.Reminders;

/// <summary>Rows in the member's partition, beside its head: <c>cycle:{hash of the SKU's id}</c>.</summary>
public static class CycleRows
{
    public const string Prefix = "cycle";

    public static Layout<CycleState, CycleMoved> Of(string memberId, string skuId)
    {
        var row = Row(Keys.Hash(skuId));
        return new(
            MemberRows.Partition(memberId),
            MemberRows.Head,
            [new Load.One(row)],
            Read: rows => new CycleState(MemberStanding.In(rows), rows.Find<RepurchaseCycle>(row)),
            Write: state => state.Cycle is { } cycle ? [new StateRow(row, cycle)] : [],
            Evolve: (state, moved) => state with { Cycle = moved.Cycle },
            Announce: Announce);
    }

    /// <param name="hash">Of the SKU's id.</param>
    public static string Row(string hash) => $"{Prefix}:{hash}";

    private static IEnumerable<Message> Announce(CycleMoved moved)
    {
        if (moved.Voided is { } voided) yield return TouchMessages.Voided(voided);
        if (moved.Planned is { } planned) yield return TouchMessages.Planned(planned);
    }
}
