using System.Globalization;
using Pond.Platform.Storage;

namespace Pond.Products;

/// <summary>Books entries of a stock and chains them. Pure.</summary>
public static class StockLedger
{
    /// <summary>Changes a shard and adds a line about it; nothing for what is about no piece.</summary>
    /// <param name="quantity">What the line says.</param>
    public static StockDesk Book(
        this StockDesk desk, StockEvent fact, StockEntryKind kind, string key, int quantity, int onHand, int reserved)
    {
        if (quantity == 0) return desk;
        var (before, adjusted) = (desk.Shard, fact as StockEvent.Adjusted);
        var entry = new StockEntry(
            before.Seq + 1, fact.At, kind, key, quantity, before.OnHand + onHand, before.Reserved + reserved,
            before.LastHash, adjusted?.OperatorId, adjusted?.Reason);
        return desk with
        {
            Shard = before with
            {
                OnHand = entry.OnHand,
                Reserved = entry.Reserved,
                Seq = entry.Seq,
                LastHash = HashOf(entry),
            },
            Added = [.. desk.Added, entry],
        };
    }

    /// <summary>
    /// What the next entry carries of this one: over its values, not its JSON, which may gain fields.
    /// </summary>
    public static string HashOf(StockEntry entry) => Keys.Hash(
        entry.Previous, Text(entry.Seq), Text(entry.At.UtcTicks), entry.Kind.ToString(), entry.Key,
        Text(entry.Quantity), Text(entry.OnHand), Text(entry.Reserved), entry.OperatorId ?? "", entry.Reason ?? "");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
