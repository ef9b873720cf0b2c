using System.Text.Json;
using Pond.Coupons;
using Pond.FlashSales;
using Pond.Orders;
using Pond.Payments;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Tests.Storage;

namespace Pond.Tests.Simulation.Checks;

/// <summary>I9: orders, coupons, claims and payments only make the moves that are drawn.</summary>
internal sealed class StatesGoForward : IPartitionCheck
{
    private readonly Dictionary<(string Partition, string Key), string> states = [];

    public string? Broken(MemoryRows rows, string partition, IReadOnlyList<Write> writes)
    {
        foreach (var write in writes)
        {
            if (KindOf(partition, write.Key) is not { } allows) continue;
            if (write is Write.Delete) return $"{write.Key} is gone";
            var data = write is Write.Insert insert ? insert.Data : ((Write.Replace)write).Data;
            var state = JsonDocument.Parse(data).RootElement.Text("state");
            if (states.TryGetValue((partition, write.Key), out var before) && !allows(before, state))
                return $"{write.Key} from {before} to {state}";
            states[(partition, write.Key)] = state;
        }

        return null;
    }

    private static Func<string, string, bool>? KindOf(string partition, string key) => partition[..2] switch
    {
        "m:" when key.StartsWith(OrderRows.Prefix + ":", StringComparison.Ordinal) => (before, after) =>
            OrderEdges.Allow(Enum.Parse<OrderState>(before), Enum.Parse<OrderState>(after)),
        "m:" when key.StartsWith(WalletRows.Prefix + ":", StringComparison.Ordinal) => AllowsCoupon,
        "f:" when key.StartsWith("claim:", StringComparison.Ordinal) => AllowsClaim,
        "w:" when key == PaymentRows.Head => (before, after) => before != nameof(PaymentState.Paid) || after == before,
        _ => null,
    };

    private static bool AllowsClaim(string before, string after) => before == after || before switch
    {
        nameof(SlotClaimState.Claimed) => true,
        nameof(SlotClaimState.Ordered) => after is nameof(SlotClaimState.Paid) or nameof(SlotClaimState.Returned),
        _ => false,
    };

    private static bool AllowsCoupon(string before, string after) => before == after || before switch
    {
        nameof(CouponState.Revoked) or nameof(CouponState.Given) or nameof(CouponState.Moved) => false,
        nameof(CouponState.Used) => after is nameof(CouponState.Issued) or nameof(CouponState.Expired),
        nameof(CouponState.Expired) or nameof(CouponState.Reissued) => after == nameof(CouponState.Reissued),
        _ => true,
    };
}
