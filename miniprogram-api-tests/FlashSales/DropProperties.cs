using FsCheck;
using FsCheck.Fluent;
using Pond.FlashSales;

namespace Pond.Tests.FlashSales;

public sealed class DropProperties
{
    private static readonly SlotClaimState[][] Edges =
    [
        [SlotClaimState.Claimed, SlotClaimState.Ordered], [SlotClaimState.Claimed, SlotClaimState.Paid],
        [SlotClaimState.Claimed, SlotClaimState.Returned], [SlotClaimState.Ordered, SlotClaimState.Paid],
        [SlotClaimState.Ordered, SlotClaimState.Returned],
    ];

    [Fact, Rule("FLS-03"), Rule("FLS-04")]
    public void Whatever_happens_every_slot_is_in_one_place() => Holds(history =>
    {
        int[] slots = [.. history.Slots()];
        return slots.Length == history.Sale.Pieces
            && slots.Distinct().Count() == slots.Length
            && slots.All(slot => slot >= 0 && slot < history.Sale.Pieces)
            && !history.HasClash;
    });

    [Fact, Rule("FLS-03")]
    public void No_buyer_has_more_than_the_limit_and_what_is_counted_is_what_there_is() => Holds(history =>
        history.Drops.Sum(drop => drop.ClaimedCount) == history.Claims.Count(claim => claim.HasSlot)
        && history.RowsOfSlots == history.Claims.Count(claim => claim.HasSlot)
        && DropHistory.AllTakers.All(taker =>
        {
            var count = history.Claims.Count(claim => claim.Taker == taker && claim.HasSlot);
            return count <= history.Sale.Terms.PerMember && history.TakenIn(taker) == count;
        }));

    [Fact, Rule("FLS-04")]
    public void A_claim_goes_along_its_edges_and_out_of_an_end_none_leads() => Holds(history =>
        history.Lives.Values.All(life => life.Zip(life.Skip(1)).All(step =>
            Edges.Any(edge => edge[0] == step.First && edge[1] == step.Second))));

    [Fact, Rule("FLS-03")]
    public void Sold_out_is_said_of_what_is_claimed_alone() => Holds(history =>
        !DropRules.AreEmpty(history.Drops)
        || history.Claims.Count(claim => claim.HasSlot) == history.Sale.Pieces);

    private static void Holds(Func<DropHistory, bool> promise) => Prop.ForAll(DropHistory.Any, plan =>
    {
        var history = new DropHistory(plan.Pieces, plan.Shards, plan.PerMember);
        return plan.Steps.All(step =>
        {
            history.Play(step);
            return promise(history);
        });
    }).CheckThoroughly();
}
