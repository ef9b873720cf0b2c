using FsCheck;
using FsCheck.Fluent;
using Pond.Coupons;
using Pond.Kernel;
using Pond.Platform;

namespace Pond.Tests.Coupons;

public sealed class CouponProperties
{
    [Fact, Rule("CPN-04")]
    public void Any_history_leaves_every_slot_in_one_place() => Holds(history => history.Slots().Order()
        .SequenceEqual(Enumerable.Range(0, history.Stock)));

    [Fact]
    public void Any_history_counts_claims_as_they_are() => Holds(history =>
        history.Shards.Sum(shard => shard.ClaimedCount) == history.Claims.Count
        && history.Claims.DistinctBy(claim => claim.CouponId).Count() == history.Claims.Count
        && !history.HasClash);

    [Fact, Rule("CPN-04")]
    public void No_member_gets_more_than_the_limit() => Holds(history =>
        history.Claims.GroupBy(claim => claim.MemberId).All(group => group.Count() <= history.PerMember));

    [Fact, Rule("CPN-01")]
    public void No_claim_lies_outside_the_window() => Holds(history => history.Claims.All(claim =>
        claim.At >= CouponHistory.ClaimFrom && claim.At < CouponHistory.ClaimUntil));

    [Fact, Rule("CPN-04")]
    public void A_claim_is_accepted_whenever_stock_window_and_limit_allow() => Plays((history, step) =>
    {
        if (step.Kind is not StepKind.Claim) return history.Play(step);
        var home = ShardRows.HomeOf(CouponHistory.MemberOf(step), history.Shards.Count);
        var had = history.Claims.Count(claim => claim.MemberId == CouponHistory.MemberOf(step));
        var expected = history.Shards[home] switch
        {
            { Template.State: not TemplateState.Published } => CouponRefusals.NotOffered,
            _ when history.Now < CouponHistory.ClaimFrom => CouponRefusals.NotOpen,
            _ when history.Now >= CouponHistory.ClaimUntil => CouponRefusals.Closed,
            _ when had >= history.PerMember => CouponRefusals.LimitReached,
            { FreeCount: 0 } => CouponRefusals.SoldOut,
            _ => null,
        };
        return history.Claim(step).Refusal == expected;
    });

    [Fact]
    public void Copies_of_a_template_may_come_in_any_order() => Prop.ForAll(
        Gen.Shuffle(Enumerable.Range(1, 6).SelectMany(version => Enumerable.Repeat(version, 3)).ToArray())
            .ToArbitrary(),
        versions =>
        {
            var rows = new LayoutRows();
            var layout = ShardRows.Shard("t", 0);
            foreach (var version in versions)
                rows.Run(layout, desk =>
                    ClaimRules.CopyTemplate(desk, CouponHistory.Template(6, 2, 1) with { Version = version }, 0));
            var shard = rows.State(layout).Shard!;
            return shard.Template.Version == 6 && shard.FreeCount == 3;
        }).CheckThoroughly();

    [Fact]
    public void Shares_cut_the_stock_without_gap_or_overlap_and_differ_by_one_at_most() => Prop.ForAll(
        Gen.Choose(1, TemplateRules.ShardsMax).SelectMany(
            shards => Gen.Choose(shards, TemplateRules.StockMax), (shards, stock) => (shards, stock)).ToArbitrary(),
        cut =>
        {
            SlotRange[] shares =
                [.. Enumerable.Range(0, cut.shards).Select(
                    shard => SlotRanges.ShareOf(shard, cut.shards, cut.stock))];
            return shares[0].From == 0 && shares[^1].Until == cut.stock
                && shares.Zip(shares.Skip(1)).All(pair => pair.First.Until == pair.Second.From)
                && shares.Max(share => share.Count) - shares.Min(share => share.Count) <= 1;
        }).CheckThoroughly();

    [Fact]
    public void Ids_of_coupons_sort_as_their_ends_do() => Prop.ForAll(
        Minutes.ToArbitrary(), Minutes.ToArbitrary(), (one, other) =>
        {
            var (id, otherId) = (CouponIds.Of(one, new Ids().Next()), CouponIds.Of(other, new Ids().Next()));
            return Platform.Ids.IsId(id)
                && (one == other || string.CompareOrdinal(id, otherId) < 0 == one < other)
                && string.CompareOrdinal(CouponIds.From(one), id) < 0
                && string.CompareOrdinal(CouponIds.From(one.AddMinutes(1)), id) > 0;
        }).CheckThoroughly();

    private static Gen<DateTimeOffset> Minutes =>
        Gen.Choose(0, 400 * 365).SelectMany(day => Gen.Choose(0, 1_439), (day, minute) =>
            DateTimeOffset.UnixEpoch.AddDays(day).AddMinutes(minute));

    private static void Holds(Func<CouponHistory, bool> promise) =>
        Plays((history, step) => history.Play(step), promise);

    private static void Plays(
        Func<CouponHistory, CouponStep, bool> isRight, Func<CouponHistory, bool>? isRightAtEnd = null) =>
        Prop.ForAll(CouponHistory.Any, plan =>
        {
            var history = new CouponHistory(plan);
            return plan.Steps.All(step => isRight(history, step)) && (isRightAtEnd?.Invoke(history) ?? true);
        }).CheckThoroughly();
}
