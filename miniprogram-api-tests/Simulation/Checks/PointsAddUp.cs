using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Points;
using Pond.Tests.Storage;

namespace Pond.Tests.Simulation.Checks;

/// <summary>I1, I2: each entry goes on from the last, and the balance is what the entries and the holds say.</summary>
internal sealed class PointsAddUp : IPartitionCheck
{
    private readonly Dictionary<string, (long Seq, long AfterPoints)> lastBy = [];

    public string? Broken(MemoryRows rows, string partition, IReadOnlyList<Write> writes)
    {
        if (!partition.StartsWith("m:", StringComparison.Ordinal)) return null;
        var entries = writes.OfType<Write.Insert>()
            .Where(write => write.Key.StartsWith(PointsRows.EntryPrefix + ":", StringComparison.Ordinal))
            .Select(write => Stored.Read<Entry>(write.Data)).OrderBy(entry => entry.Seq);
        foreach (var entry in entries)
        {
            var last = lastBy.GetValueOrDefault(partition);
            if (entry.Seq != last.Seq + 1) return $"entry {entry.Seq} after {last.Seq}";
            if (entry.AfterPoints != last.AfterPoints + entry.Points) return $"{last.AfterPoints} and then {entry}";
            lastBy[partition] = (entry.Seq, entry.AfterPoints);
        }

        if (!writes.Any(write => write.Key == PointsRows.BalanceRow)) return null;
        var balance = Stored.Read<Balance>(rows.Look(partition, PointsRows.BalanceRow)!.Data);
        var (seq, after) = lastBy.GetValueOrDefault(partition);
        if ((balance.Seq, balance.PostedPoints) != (seq, after)) return $"{balance} after entry {seq} with {after}";
        return balance.HeldPoints < 0 || balance.DebtPoints < 0 ? $"{balance}" : null;
    }
}
