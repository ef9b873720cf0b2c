using FsCheck;
using FsCheck.Fluent;
using Pond.Coupons;

namespace Pond.Tests.Coupons;

public sealed class SlotProperties
{
    [Fact, Rule("CPN-04"), Rule("CPN-07"), Rule("D22")]
    public void Claims_codes_and_changes_of_the_stock_leave_every_slot_in_one_place() => Holds(history =>
    {
        int[] slots = [.. history.Slots()];
        return slots.Length == history.Template.Stock
            && slots.Distinct().Count() == slots.Length
            && slots.All(slot => slot >= 0 && slot < (history.Template.SlotsEver ?? history.Template.Stock));
    });

    [Fact, Rule("CPN-07"), Rule("D11")]
    public void By_code_or_without_no_member_gets_more_than_the_limit() => Holds(history =>
        history.Claims.GroupBy(claim => claim.MemberId)
            .All(group => group.Count() <= history.Template.Terms.PerMember)
        && !history.HasClash);

    [Fact, Rule("CPN-07")]
    public void Every_redeemed_code_has_one_claim_and_no_other_code_has_any_once_settled() => Holds(history =>
        history.Codes.All(code => history.Claims.Count(claim => claim.Slot == code.Slot) <= 1
            && (code.State is not CodeState.Redeemed
                || history.Claims.Single(claim => claim.Slot == code.Slot).MemberId == code.Hold!.MemberId)
            && (code.State is not CodeState.Free || history.Claims.All(claim => claim.Slot != code.Slot))));

    [Fact, Rule("CPN-07")]
    public void A_batch_never_makes_more_codes_than_were_ordered() => Holds(history => history.Batches.All(batch =>
        batch.MadeCount <= batch.RequestedCount && batch.RedeemedCount + batch.RevokedCount <= batch.MadeCount));

    private static void Holds(Func<SlotHistory, bool> promise) => Prop.ForAll(SlotHistory.Any, plan =>
    {
        var history = new SlotHistory(plan.Stock, plan.Shards, plan.PerMember);
        return plan.Steps.All(step =>
        {
            history.Play(step);
            return promise(history);
        });
    }).CheckThoroughly();
}
