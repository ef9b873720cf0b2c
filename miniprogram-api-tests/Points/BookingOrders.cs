using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Pond.Kernel;
using Pond.Platform;
using Pond.Points;
using Pond.Tests.Members;
using static Pond.Tests.OrderNews;
using static Pond.Tests.Points.PointsSteps;

namespace Pond.Tests.Points;

/// <summary>What an order does with points, told as orders tell it.</summary>
[Rule("PTS-12"), Rule("PTS-13")]
public sealed class BookingOrders(SharedApi shared) : IClassFixture<SharedApi>
{
    private readonly MiniProgramApi api = shared.Api;

    [Fact]
    public async Task A_paid_order_spends_what_it_held_once_however_often_it_is_told()
    {
        var (phone, order) = await Owner(100);
        Assert.Null(await Hold(phone, order, 70));
        Assert.Null(await Hold(phone, order, 70));

        var paid = Settled(phone.MemberId, order, isPaid: true, 70).ToPoints();
        await api.Hear(paid, paid);

        Assert.Equal((30, 0, 0), await phone.Sums());
        Assert.Equal([("order", -70), ("adjustment", 100)], await Lines(phone));
        Assert.Equal(PointsRefusals.HoldPosted, await Hold(phone, order, 70));
    }

    [Fact]
    public async Task An_order_that_was_given_up_frees_what_it_held_and_holds_nothing_after()
    {
        var (phone, order) = await Owner(100);
        Assert.Null(await Hold(phone, order, 70));

        await api.Hear(Settled(phone.MemberId, order, isPaid: false, 70).ToPoints());

        Assert.Equal((100, 0, 0), await phone.Sums());
        Assert.Equal(PointsRefusals.HoldVoided, await Hold(phone, order, 70));
        Assert.Equal((100, 0, 0), await phone.Sums());
    }

    [Fact]
    public async Task A_hold_that_comes_after_its_order_was_given_up_is_refused()
    {
        var (phone, order) = await Owner(100);
        var givenUp = Settled(phone.MemberId, order, isPaid: false).ToPoints();
        await api.Hear(givenUp);
        await api.Hear(givenUp);

        Assert.Equal(PointsRefusals.HoldVoided, await Hold(phone, order, 70));
        Assert.Equal((100, 0, 0), await phone.Sums());
    }

    [Fact]
    [Rule("D01")]
    public async Task Of_two_orders_that_want_all_points_at_once_one_gets_them()
    {
        for (var round = 0; round < 5; round++)
        {
            var (phone, order) = await Owner(100);

            var whyNot = await Task.WhenAll(Hold(phone, order, 100), Hold(phone, $"{order}x", 100));

            Assert.Equal(PointsRefusals.Insufficient, Assert.Single(whyNot, why => why is not null));
            Assert.Equal((0, 100, 0), await phone.Sums());
        }
    }

    [Fact]
    [Rule("D36")]
    public async Task Buying_and_refunding_in_a_circle_makes_no_points()
    {
        var (phone, _) = await Owner(100);
        for (var round = 0; round < 10; round++)
        {
            var order = $"circle-{phone.MemberId}-{round}";
            Assert.Null(await Hold(phone, order, 90));
            await api.Hear(
                Settled(phone.MemberId, order, isPaid: true, 90).ToPoints(),
                Rewards(phone.MemberId, order, points: 40, giftPoints: 7).ToPoints());
            Assert.Equal((57, 0, 0), await phone.Sums());
            await api.Hear(Whole(phone, order).ToPoints());
            Assert.Equal((100, 0, 0), await phone.Sums());
        }
    }

    [Fact]
    [Rule("D25"), Rule("PTS-05")]
    public async Task What_was_brought_and_spent_since_is_a_debt_after_the_refund()
    {
        var (phone, order) = await Owner(1);
        await api.Hear(Rewards(phone.MemberId, order, points: 50).ToPoints());
        await api.Adjust(phone.MemberId, -41);

        await api.Hear((Refunded(phone.MemberId, order) with { EarnedPoints = 50, ReversedPoints = 50 }).ToPoints());

        Assert.Equal((0, 0, 40), await phone.Sums());
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public async Task Whatever_order_the_messages_come_in_the_balance_is_the_same(int seed)
    {
        var (phone, order) = await Owner(100);
        Assert.Null(await Hold(phone, order, 90));
        Message[] messages =
        [
            Settled(phone.MemberId, order, isPaid: true, 90).ToPoints(),
            Rewards(phone.MemberId, order, points: 41, giftPoints: 7).ToPoints(),
            Part(phone, order, 1, returned: 30, reversed: 13, reversedGift: 0).ToPoints(),
            Part(phone, order, 2, returned: 60, reversed: 27, reversedGift: 7).ToPoints(),
        ];
        messages = [.. messages, .. messages];
        new Random(seed).Shuffle(messages);

        foreach (var message in messages) await api.Hear(message);

        Assert.Equal((100 - 90 + 60 + 41 - 27 + 7 - 7, 0, 0), await phone.Sums());
    }

    [Fact]
    public async Task A_refund_that_is_heard_of_first_keeps_what_comes_after_from_staying()
    {
        var (phone, order) = await Owner(100);
        Assert.Null(await Hold(phone, order, 90));

        await api.Hear(Whole(phone, order).ToPoints());
        Assert.Equal((100, 0, 0), await phone.Sums());
        await api.Hear(
            Settled(phone.MemberId, order, isPaid: true, 90).ToPoints(),
            Rewards(phone.MemberId, order, points: 40, giftPoints: 7).ToPoints());

        Assert.Equal((100, 0, 0), await phone.Sums());
    }

    [Fact]
    [Rule("AUTH-10")]
    public async Task A_refund_of_an_order_of_a_merged_account_is_felt_by_the_survivor()
    {
        var (older, younger) = await api.LogInTwice("order-older", "order-younger", "13800094001");
        await api.Give(younger, 100);
        Assert.Null(await Hold(younger, "of-merged", 90));
        await api.Hear(
            Settled(younger.MemberId, "of-merged", isPaid: true, 90).ToPoints(),
            Rewards(younger.MemberId, "of-merged", points: 40, giftPoints: 0).ToPoints(),
            Part(younger, "late", 1, returned: 0, reversed: 10, reversedGift: 0).ToPoints());
        (await younger.Merge("order-younger")).EnsureSuccessStatusCode();
        await api.Deliver();

        await api.Hear(
            Whole(younger, "of-merged").ToPoints(), Rewards(younger.MemberId, "late", points: 41).ToPoints());

        Assert.Equal((100 + 41 - 10, 0, 0), await older.Sums());
    }

    [Theory, InlineData("frozen"), InlineData("banned")]
    public async Task Who_may_get_nothing_gets_nothing_for_an_order_but_what_it_spent_comes_back(string status)
    {
        var (phone, order) = await Owner(100);
        Assert.Null(await Hold(phone, order, 90));
        await api.SetStatus(phone.MemberId, status);

        await api.Hear(
            Settled(phone.MemberId, order, isPaid: true, 90).ToPoints(),
            Rewards(phone.MemberId, order, points: 40, giftPoints: 7).ToPoints());
        await api.Hear(Whole(phone, order).ToPoints());
        await api.SetStatus(phone.MemberId, "active");
        await api.Hear(Settled(phone.MemberId, order, isPaid: true, 90).ToPoints());

        Assert.Equal((100, 0, 0), await phone.Sums());
        Assert.Empty(Redelivery.Waiting(api));
    }

    [Fact]
    [Rule("PTS-06")]
    public async Task What_caps_cut_is_not_taken_back()
    {
        await using var capped = await MiniProgramApi.Start(
            new Dictionary<string, string> { ["Points:EarnCapPerKindPerDay"] = "30" });
        var phone = await capped.LogIn("capped");

        await capped.Hear(Rewards(phone.MemberId, "big", points: 100, giftPoints: 20).ToPoints());
        Assert.Equal((50, 0, 0), await phone.Sums());
        await capped.Hear((Refunded(phone.MemberId, "big") with { EarnedPoints = 100, ReversedPoints = 50 }).ToPoints());
        Assert.Equal((35, 0, 0), await phone.Sums());
        await capped.Hear((Refunded(phone.MemberId, "big", 2) with
        {
            EarnedPoints = 100,
            ReversedPoints = 100,
            GiftPoints = 20,
            ReversedGiftPoints = 20,
        }).ToPoints());
        Assert.Equal((0, 0, 0), await phone.Sums());
    }

    [Fact]
    public void Any_sequence_of_totals_before_and_after_the_points_ends_at_the_largest() => Prop.ForAll(
        Gen.Choose(0, 20).ArrayOf(8).ToArbitrary(),
        Gen.Choose(0, 8).ToArbitrary(),
        (totals, broughtAfter) =>
        {
            var history = new BookHistory();
            for (var i = 0; i <= totals.Length; i++)
            {
                history.Wait(1);
                if (i == Math.Min(broughtAfter, totals.Length)) history.Play(new(BookAct.Bring, 40, 1, 0, 0, 0));
                if (i < totals.Length) history.TakeBack(new Cause(Cause.Order, "1"), new Share(totals[i], 20));
            }

            return history.Balance.PostedPoints == 40 - new Share(totals.Max(), 20).Of(40) && !history.HasClash;
        }).CheckThoroughly();

    private Task<Refusal?> Hold(Phone phone, string order, long points) =>
        api.Services.GetRequiredService<OrderPoints>().Hold(phone.MemberId, order, points, CancellationToken.None);

    private static Pond.Orders.OrderRefundedV1 Whole(Phone phone, string order) => Refunded(phone.MemberId, order) with
    {
        SpentPoints = 90,
        ReturnedPoints = 90,
        EarnedPoints = 40,
        ReversedPoints = 40,
        GiftPoints = 7,
        ReversedGiftPoints = 7,
        IsWhole = true,
    };

    private static Pond.Orders.OrderRefundedV1 Part(
        Phone phone, string order, int number, long returned, long reversed, long reversedGift) =>
        Refunded(phone.MemberId, order, number) with
        {
            SpentPoints = 90,
            ReturnedPoints = returned,
            EarnedPoints = 41,
            ReversedPoints = reversed,
            GiftPoints = 7,
            ReversedGiftPoints = reversedGift,
        };

    private static async Task<(string Kind, long Points)[]> Lines(Phone phone) =>
    [
        .. (await phone.Entries()).Select(entry => (entry.Text("causeKind"), entry.Whole("points"))),
    ];

    private async Task<(Phone Phone, string Order)> Owner(long points)
    {
        var phone = await shared.Newcomer();
        await api.Give(phone, points);
        return (phone, $"order-{phone.MemberId}");
    }
}
