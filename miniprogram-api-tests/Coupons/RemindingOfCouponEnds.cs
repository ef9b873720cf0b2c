using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Pond.Coupons;
using Pond.Kernel;
using Pond.Tests.Reminders;
using Pond.Touches;

namespace Pond.Tests.Coupons;

/// <summary>Three days before coupons end their member is told, once for all that end on one day.</summary>
[Rule("TCH-06")]
public sealed class RemindingOfCouponEnds
{
    private static readonly DateTimeOffset End = ChinaDay.Of(HandClock.Start).AddDays(30).Start;

    [Fact]
    public async Task Coupons_that_end_together_are_told_of_together_and_once_and_stand_while_one_is_left()
    {
        await using var touches = await HeardTouches.Start();
        var api = touches.Api;
        var phone = await api.LogIn("alice");
        string[] coupons = [await Claimed(phone, 30), await Claimed(phone, 30), await Claimed(phone, 31), await Claimed(phone, 3)];

        await TellAt(api, End.AddDays(-3).AddMinutes(-2));
        Assert.Empty(touches.Of(Occasion.CouponEnding)); // one for three days is told of by being claimed
        await TellAt(api, End.AddDays(-3).AddMinutes(1));
        await TellAt(api, End.AddDays(-3).AddHours(1));

        var touch = Assert.Single(touches.Of(Occasion.CouponEnding));
        Assert.Equal(
            (phone.MemberId, "20260401", "pages/coupons/index", "共 2 张券即将到期，请尽快使用", End),
            (touch.MemberId, touch.OccasionId, touch.Page, touch.Values[TouchValues.Remark], touch.Until));
        Assert.Equal((true, true, false), (await Standing(0), await Standing(1), await Standing(2)));

        await TellAt(api, End.AddDays(-2).AddMinutes(1));
        Assert.Equal(["20260401", "20260402"], touches.Of(Occasion.CouponEnding).Select(one => one.OccasionId));

        async Task<bool> Standing(int frozen)
        {
            if (frozen > 0) await api.Operator().Put(
                $"/api/operator/members/{phone.MemberId}/coupons/{coupons[frozen - 1]}/state",
                new { state = "frozen", reason = "a test" });
            return await touches.Stands(touch);
        }
    }

    [Fact]
    public async Task A_coupon_that_an_order_holds_then_is_told_of_and_stands_if_it_comes_back()
    {
        await using var touches = await HeardTouches.Start();
        var (api, phone) = (touches.Api, await touches.Api.LogIn("alice"));
        var couponId = await Claimed(phone, 30);
        api.Clock.MoveTo(End.AddDays(-3).AddMinutes(-5));
        var held = await api.Services.GetRequiredService<OrderCoupons>().Reserve(
            phone.MemberId, "order", [couponId], CancellationToken.None);
        Assert.Null(held);

        await TellAt(api, End.AddDays(-3).AddMinutes(1));
        var touch = Assert.Single(touches.Of(Occasion.CouponEnding));
        Assert.False(await touches.Stands(touch));

        await api.Hear(OrderNews.Settled(phone.MemberId, "order", isPaid: false, 0, couponId).ToCoupons());
        Assert.True(await touches.Stands(touch));
    }

    [Fact]
    public void Whenever_somebody_looks_each_coupon_is_told_of_once_and_none_that_came_too_late() => Prop.ForAll(
        (from coupons in (from claimed in Gen.Choose(0, 400) from lasts in Gen.Choose(1, 40) select (claimed, lasts)).ListOf()
         from looks in Gen.Choose(1, 60).ListOf()
         select (coupons, looks)).ToArbitrary(),
        given =>
        {
            var told = CouponsTold.Nothing;
            var heard = new List<string>();
            var now = HandClock.Start;
            Coupon[] all = [.. given.coupons.Select((one, number) => CouponOf(number, one.claimed, one.lasts))];
            foreach (var hours in given.looks.Select(look => look * 5))
            {
                now = now.AddHours(hours);
                Coupon[] ending = [.. all.Where(one => one.ClaimedAt <= now && one.ValidUntil >= now && one.ValidUntil <= now.AddDays(3))];
                if (CouponEndingRules.Tell(told, "m", ending, now).Facts is not [var after]) continue;
                heard.AddRange(after.Touches.Select(touch => touch.OccasionId));
                told = after;
                if (after.Touches.Any(touch => touch.Until <= now)) return false;
            }

            return heard.Distinct().Count() == heard.Count
                && heard.All(id => all.Any(one => ChinaDay.Of(one.ValidUntil).ToString() == id && CouponEndingRules.TimeOf(one) is not null));
        }).CheckThoroughly();

    private static Coupon CouponOf(int number, int claimedHours, int lastsDays)
    {
        var claimedAt = HandClock.Start.AddHours(claimedHours);
        var terms = new CouponTerms(
            "t", "券", new Discount(DiscountKind.AmountOff, 500, null, null), 0, claimedAt, claimedAt.AddDays(1), lastsDays, 1);
        return new Coupon($"c{number}", terms, CouponState.Issued, claimedAt, ChinaDay.Of(claimedAt).AddDays(lastsDays).Start);
    }

    private static async Task<string> Claimed(Phone phone, int validDays)
    {
        var templateId = await phone.Api.PublishTemplate(new Dictionary<string, object?>(Some.Template()) { ["validDays"] = validDays });
        var answer = await phone.Post(CouponSteps.ClaimsOf(templateId));
        await phone.Api.Deliver();
        return (await answer.Json()).Text("couponId");
    }

    private static async Task TellAt(MiniProgramApi api, DateTimeOffset at)
    {
        api.Clock.MoveTo(at);
        await api.Fire(nameof(RemindOfCouponEnds));
    }
}
