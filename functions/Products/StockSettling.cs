using Pond.Kernel;
using Pond.Platform;

namespace Pond.Products;

/// <summary>Changes what an order has in several shards, each by an operation of its own.</summary>
public sealed class StockSettling(Transactor transactor)
{
    /// <summary>Carries out every step; one that is refused keeps none of the others.</summary>
    /// <param name="operation">Of the message; each step's key is derived from it.</param>
    /// <returns>The first refusal, if any.</returns>
    internal async Task<Refusal?> Run(
        string orderId, IReadOnlyList<StockStep> steps, Operation operation, CancellationToken cancel)
    {
        var refusals = new Refusal?[steps.Count];
        await AFewAtATime.Each(
            Enumerable.Range(0, steps.Count),
            StockReservations.AtOnce,
            async (i, stop) =>
            {
                var step = steps[i];
                var decision = await transactor.Run(
                    StockRows.Order(step.SkuId, step.Shard, orderId),
                    operation with { Key = $"{operation.Key} {step.SkuId} {step.Shard}" },
                    step.Decide,
                    stop);
                refusals[i] = decision.Refusal;
            },
            cancel);
        return refusals.FirstOrDefault(refusal => refusal is not null);
    }
}

/// <summary>What happens to an order in one shard.</summary>
internal sealed record StockStep(
    string SkuId, int Shard, Func<StockDesk, DateTimeOffset, Decision<StockEvent>> Decide);
