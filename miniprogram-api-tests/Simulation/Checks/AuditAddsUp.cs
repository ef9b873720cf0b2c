using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Tests.Storage;

namespace Pond.Tests.Simulation.Checks;

/// <summary>ADM-03: the audit of a day is one chain without a gap, and has each act once.</summary>
internal sealed class AuditAddsUp : IPartitionCheck
{
    private readonly Dictionary<string, AuditEntry> lastOf = [];
    private readonly HashSet<OperatorActedV1> acts = [];

    public string? Broken(MemoryRows rows, string partition, IReadOnlyList<Write> writes)
    {
        if (!partition.Contains(":audit:", StringComparison.Ordinal)) return null;
        foreach (var write in writes.Where(IsOfEntry))
        {
            if (write is not Write.Insert insert) return $"{write.GetType().Name} of {write.Key}";
            var (entry, last) = (Stored.Read<AuditEntry>(insert.Data), lastOf.GetValueOrDefault(partition));
            if ((entry.Number, entry.Previous) != ((last?.Number ?? 0) + 1, last?.Hash ?? ""))
                return $"{entry} after {last}";
            if (!acts.Add(entry.Act)) return $"{entry.Act} a second time";
            lastOf[partition] = entry;
        }

        return null;
    }

    private static bool IsOfEntry(Write write) =>
        write.Key.StartsWith(AuditDay.EntryPrefix + ":", StringComparison.Ordinal);
}
