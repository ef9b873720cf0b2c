using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Products;
using Pond.Tests.Storage;

namespace Pond.Tests.Simulation.Checks;

/// <summary>I10 of pieces: no more are reserved than there are, and never fewer than none.</summary>
internal sealed class StockAddsUp : IPartitionCheck
{
    public string? Broken(MemoryRows rows, string partition, IReadOnlyList<Write> writes)
    {
        if (!partition.StartsWith("s:", StringComparison.Ordinal) || rows.Look(partition, StockRows.Head) is not { } head)
            return null;
        var stock = Stored.Read<StockShard>(head.Data);
        return stock.Reserved < 0 || stock.Reserved > stock.OnHand ? $"{stock}" : null;
    }
}
