using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>What this slice keeps of a member, for the member to take along.</summary>
public static class OrderRecords
{
    private static readonly (string From, string Until) Rows = Keys.Under(OrderRows.Prefix);

    /// <summary>As the member sees them: who of the shop did something is not theirs to know.</summary>
    public static readonly PersonalRecords All = new(
        "orders", Rows.From, Rows.Until, row => OrderResponse.Of(Stored.Read<Order>(row.Data)));
}
