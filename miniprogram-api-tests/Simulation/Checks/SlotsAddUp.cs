using Pond.Coupons;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Tests.Storage;

namespace Pond.Tests.Simulation.Checks;

/// <summary>I10 of coupons: a shard counts its claimed slots, and none of them is free as well.</summary>
internal sealed class SlotsAddUp : IPartitionCheck
{
    public string? Broken(MemoryRows rows, string partition, IReadOnlyList<Write> writes)
    {
        if (!partition.StartsWith("c:", StringComparison.Ordinal) || !writes.Any(write => write.Key == ShardRows.Head))
            return null;
        var shard = Stored.Read<Shard>(rows.Look(partition, ShardRows.Head)!.Data);
        var (from, until) = Keys.Under("slot");
        int[] claimed = [.. rows.Look(partition, from, until, StoreLimits.RowsPerPageMax).Rows.Select(row => Stored.Read<Claim>(row.Data).Slot)];
        if (claimed.Length != shard.ClaimedCount) return $"{claimed.Length} slots, and {shard.ClaimedCount} counted";
        return shard.Free.Any(free => claimed.Any(slot => slot >= free.From && slot < free.From + free.Count))
            ? "a slot that is claimed and free"
            : null;
    }
}
