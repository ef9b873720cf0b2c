using Pond.Platform.Storage;
using Pond.Points;
using Pond.Products;
using Pond.Tests.Storage;
using Pond.Tiers;

namespace Pond.Tests.Simulation.Checks;

/// <summary>I1, I28: an entry of a ledger is never changed and never goes, and neither does what an operation came to.</summary>
internal sealed class LedgersOnlyGrow : IPartitionCheck
{
    private static readonly string[] Ledgers =
        [PointsRows.EntryPrefix + ":", TierRows.EntryPrefix + ":", StockRows.EntryPrefix + ":"];

    /// <summary>Of coupons: those of flash sales come back.</summary>
    private static readonly string[] OfCoupons = ["claim:", "slot:"];

    private readonly HashSet<(string Partition, string Key)> decided = [];

    public string? Broken(MemoryRows rows, string partition, IReadOnlyList<Write> writes)
    {
        foreach (var write in writes)
        {
            string[] ledgers = partition.StartsWith("c:", StringComparison.Ordinal) ? OfCoupons : Ledgers;
            if (write is not Write.Insert && ledgers.Any(ledger => write.Key.StartsWith(ledger, StringComparison.Ordinal)))
                return $"{write.GetType().Name} of {write.Key}";
            if (!write.Key.StartsWith("op:", StringComparison.Ordinal)) continue;
            if (decided.Contains((partition, write.Key))) return $"{write.Key} was decided already";
            if (DataOf(write)?.Contains("\"events\":", StringComparison.Ordinal) == true)
                decided.Add((partition, write.Key)); // else a fence, which a decision may replace
        }

        return null;
    }

    private static string? DataOf(Write write) => write switch
    {
        Write.Insert insert => insert.Data,
        Write.Replace replace => replace.Data,
        _ => null,
    };
}
