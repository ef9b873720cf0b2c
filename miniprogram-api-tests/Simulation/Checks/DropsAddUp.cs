using System.Globalization;
using Pond.FlashSales;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Tests.Storage;

namespace Pond.Tests.Simulation.Checks;

/// <summary>I10 of flash sales: a shard counts its claimed slots, no two claims have one, and none is free as well.</summary>
internal sealed class DropsAddUp : IPartitionCheck
{
    public string? Broken(MemoryRows rows, string partition, IReadOnlyList<Write> writes)
    {
        if (!partition.StartsWith("f:", StringComparison.Ordinal) || !writes.Any(write => write.Key == DropRows.Head))
            return null;
        var drop = Stored.Read<Drop>(rows.Look(partition, DropRows.Head)!.Data);
        int[] slots = [.. Under("slot").Select(row => int.Parse(row.Key["slot:".Length..], CultureInfo.InvariantCulture))];
        SlotClaim[] claims =
            [.. Under("claim").Select(row => Stored.Read<SlotClaim>(row.Data)).Where(claim => claim.HasSlot)];
        if (slots.Length != drop.ClaimedCount) return $"{slots.Length} slots, and {drop.ClaimedCount} counted";
        if (!slots.Order().SequenceEqual(claims.Select(claim => claim.Slot).Order())) return "slots that are not the claims'";
        var taken = Under("taker").Sum(row => Stored.Read<TakerCount>(row.Data).Count);
        if (taken != claims.Length) return $"{claims.Length} claims, and {taken} counted by buyer";
        return drop.Free.Any(free => slots.Any(slot => slot >= free.From && slot < free.Until))
            ? "a slot that is claimed and free"
            : null;

        IReadOnlyList<Row> Under(string prefix)
        {
            var (from, until) = Keys.Under(prefix);
            return rows.Look(partition, from, until, StoreLimits.RowsPerPageMax).Rows;
        }
    }
}
