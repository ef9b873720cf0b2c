using FsCheck;
using FsCheck.Fluent;
using Pond.Members;
using Pond.Orders;
using Pond.Platform;
using Pond.Tests.Members;
using Pond.Tiers;
using static Pond.Tests.OrderNews;
using static Pond.Tests.Tiers.TierSteps;

namespace Pond.Tests.Tiers;

/// <summary>What an order brings of growth and what its refunds take back, told as orders tell it.</summary>
[Rule("MBR-07")]
public sealed class GrowingByOrders(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task A_paid_order_brings_growth_once_however_often_it_is_told()
    {
        var phone = await shared.Newcomer();
        var rewards = Rewards(phone.MemberId, "order", growth: 300).ToGrowth();

        await api.Hear(rewards, rewards);
        await api.Hear(rewards);

        Assert.Equal([300], await Lines(phone));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public async Task Whatever_order_the_messages_come_in_the_growth_is_the_same(int seed)
    {
        var phone = await shared.Newcomer();
        Message[] news =
        [
            Rewards(phone.MemberId, "order", growth: 300).ToGrowth(),
            Back(phone, "order", 1, 100).ToGrowth(),
            Back(phone, "order", 2, 250).ToGrowth(),
        ];
        news = [.. news, .. news];
        new Random(seed).Shuffle(news);

        foreach (var message in news) await api.Hear(message);

        Assert.Equal(50, (await Lines(phone)).Sum());
        Assert.Empty(Redelivery.Waiting(api));
    }

    [Fact]
    public async Task What_the_member_has_no_more_is_not_taken_back_and_not_owed()
    {
        var phone = await shared.Newcomer();
        await api.Hear(Rewards(phone.MemberId, "order", growth: 300).ToGrowth());
        await api.Grow(phone, -200);

        await api.Hear(Back(phone, "order", 1, 300).ToGrowth());
        await api.Grow(phone, 10);
        await api.Hear(Back(phone, "order", 1, 300).ToGrowth());

        Assert.Equal([10, -100, -200, 300], await Lines(phone));
    }

    [Fact]
    public async Task Who_is_frozen_gets_no_growth_for_an_order_but_what_it_brought_before_goes_back()
    {
        var phone = await shared.Newcomer();
        await api.Hear(Rewards(phone.MemberId, "before", growth: 300).ToGrowth());
        await api.SetStatus(phone.MemberId, "frozen");

        await api.Hear(
            Rewards(phone.MemberId, "after", growth: 500).ToGrowth(), Back(phone, "before", 1, 300).ToGrowth(),
            Back(phone, "after", 1, 500).ToGrowth());

        Assert.Equal([-300, 300], await Lines(phone));
        Assert.Empty(Redelivery.Waiting(api));
    }

    [Fact, Rule("AUTH-10")]
    public async Task An_order_of_a_merged_account_grows_and_shrinks_the_survivor()
    {
        var (older, younger) = await api.LogInTwice("growth-older", "growth-younger", "13800094003");
        await api.Hear(
            Rewards(younger.MemberId, "before", growth: 300).ToGrowth(), Back(younger, "late", 1, 40).ToGrowth());
        (await younger.Merge("growth-younger")).EnsureSuccessStatusCode();
        await api.Deliver();

        await api.Hear(
            Back(younger, "before", 1, 300).ToGrowth(), Rewards(younger.MemberId, "late", growth: 100).ToGrowth());
        Assert.Equal(60, (await Lines(older)).Sum());
        await api.Hear(Back(younger, "late", 2, 100).ToGrowth());

        Assert.Equal(0, (await Lines(older)).Sum());
    }

    [Fact]
    public async Task A_tier_that_an_order_opened_is_lost_with_it_where_the_programme_says_so()
    {
        await using var own = await MiniProgramApi.Start();
        await own.SetProgramme(Programme(returns: "atOnce"));
        var phone = await own.LogIn("alice");
        await own.Hear(Rewards(phone.MemberId, "order", growth: 1_000).ToGrowth());
        Assert.Equal("silver", await own.TierOf("alice"));

        await own.Hear(Back(phone, "order", 1, 1_000).ToGrowth());

        Assert.Equal("member", await own.TierOf("alice"));
    }

    [Fact]
    public void Any_sequence_of_totals_before_and_after_the_growth_ends_at_the_largest() => Prop.ForAll(
        Gen.Choose(0, 100).ArrayOf(8).ToArbitrary(),
        Gen.Choose(0, 8).ToArbitrary(),
        (totals, broughtAfter) =>
        {
            var rows = new LayoutRows();
            rows.Put(MemberRows.Head, new MemberStanding("m", MemberStatus.Active));
            var (programme, cause) = (new Programme(1, 365, ReturnPolicy.AtReview, []), OrderGrowthRules.CauseOf("o"));
            for (var i = 0; i <= totals.Length; i++)
            {
                if (i == Math.Min(broughtAfter, totals.Length))
                {
                    rows.Run(TierRows.Undoing("m", cause), account => OrderGrowthRules.Bring(
                        account, programme, cause, OrderTrail.None.With(account), 100, HandClock.Start));
                }

                if (i == totals.Length) continue;
                rows.Run(TierRows.Undoing("m", cause), account => OrderGrowthRules.TakeBack(
                    account, programme, cause, OrderTrail.None.With(account), totals[i], HandClock.Start));
            }

            var left = rows.Under<GrowthEntry>(TierRows.EntryPrefix).Sum(entry => entry.Growth);
            return left == 100 - totals.Max() && !rows.HasClash;
        }).CheckThoroughly();

    private static OrderRefundedV1 Back(Phone phone, string order, int number, long growth) =>
        Refunded(phone.MemberId, order, number) with { Growth = 300, ReversedGrowth = growth };

    private static async Task<IEnumerable<long>> Lines(Phone phone) =>
        (await phone.GrowthEntries()).Select(entry => entry.Whole("growth"));
}
