using Pond.Kernel;
using Pond.Operators;
using Pond.Platform;
using Pond.Products;

namespace Pond.Activities;

/// <summary>Drafts activities, for the slices that know what is in them.</summary>
public sealed class ActivityDrafts(Transactor transactor, ProductCatalogue catalogue, TimeProvider clock)
{
    /// <summary>Why the goods are not on offer at these prices, or null.</summary>
    public async Task<Refusal?> WhyNoSale(
        IReadOnlyList<(string SkuId, long PriceFen)> prices, CancellationToken cancel) =>
        ActivityRules.WhyNoSale(await catalogue.Find([.. prices.Select(one => one.SkuId)], cancel), prices);

    /// <summary>A draft; the same operation again has the same one.</summary>
    /// <param name="terms">What the slice reads back by <see cref="Activity.TermsAs{T}"/>.</param>
    public async Task<(Activity? Activity, Refusal? WhyNot)> Create(
        OperatorCaller caller,
        Operation operation,
        ActivityKind kind,
        ActivityPlan plan,
        object terms,
        CancellationToken cancel)
    {
        var id = ActivityRows.IdOf(clock.GetUtcNow(), Ids.From(operation.Key));
        var decision = await transactor.Run(
            ActivityRows.Board(id),
            operation,
            (board, now) => ActivityRules.Draft(board, id, kind, plan, Stored.Element(terms), caller.Id, now),
            cancel);
        return (decision.Facts is [var drafted] ? drafted.Activity : null, decision.Refusal);
    }
}
