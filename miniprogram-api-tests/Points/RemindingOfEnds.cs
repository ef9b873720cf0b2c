using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Points;
using Pond.Tests.Members;
using Pond.Tests.Reminders;
using Pond.Touches;
using static Pond.Tests.Points.PointsSteps;

namespace Pond.Tests.Points;

[Rule("PTS-08")]
public sealed class RemindingOfEnds
{
    private static readonly DateTimeOffset End = China(2026, 7, 1);

    private static readonly Layout<PointsAccount, PointsEvent> All =
        PointsRows.Account("m", new Cause("", ""), Direction.Spend);

    [Fact]
    public async Task Thirty_seven_and_one_day_before_points_end_a_reminder_falls_due_with_what_is_left()
    {
        await using var touches = await HeardTouches.Start();
        var api = touches.Api;
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100, lotMonths: 3);
        await api.Earn(alice, 2, 20, lotMonths: 3);
        await api.Earn(alice, 3, 500, lotMonths: 12);

        await TellAt(api, End.AddDays(-30).AddMinutes(-1));
        Assert.Empty(Reminders(touches, alice));
        await TellAt(api, End.AddDays(-30));
        await api.Spend(alice, 4, 50);
        await TellAt(api, End.AddDays(-30).AddHours(1));
        await TellAt(api, End.AddDays(-7));
        await api.Spend(alice, 5, 10);
        await TellAt(api, End.AddDays(-1));
        await TellAt(api, End.AddDays(-1).AddHours(5));

        Assert.Equal(
            [("20260701.1", 60), ("20260701.30", 120), ("20260701.7", 70)], Reminders(touches, alice));
    }

    [Fact]
    public async Task Nothing_is_said_of_points_that_are_gone_by_then()
    {
        await using var touches = await HeardTouches.Start();
        var api = touches.Api;
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100, lotMonths: 3);
        await api.Spend(alice, 2, 100);

        await TellAt(api, End.AddDays(-30));
        await TellAt(api, End.AddDays(-1));

        Assert.Empty(Reminders(touches, alice));
    }

    [Fact]
    public async Task After_a_standstill_only_the_nearest_time_is_told()
    {
        await using var touches = await HeardTouches.Start();
        var api = touches.Api;
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100, lotMonths: 3);

        await TellAt(api, End.AddDays(-3));
        Assert.Equal([("20260701.7", 100)], Reminders(touches, alice));
        await TellAt(api, End.AddMinutes(1));

        Assert.Single(Reminders(touches, alice)); // and of points that have ended nothing
    }

    [Fact]
    public async Task Points_that_came_after_a_time_are_told_of_at_the_next()
    {
        await using var touches = await HeardTouches.Start();
        var api = touches.Api;
        var alice = await api.LogInAt("alice", End.AddDays(-5));
        await api.EarnUntil(alice, new Cause("test", "late"), 40, End);

        await TellAt(api, End.AddDays(-4));
        Assert.Empty(Reminders(touches, alice));
        await TellAt(api, End.AddDays(-1));

        Assert.Equal([("20260701.1", 40)], Reminders(touches, alice));
    }

    [Fact]
    public async Task Many_runs_at_once_tell_it_once()
    {
        await using var touches = await HeardTouches.Start();
        var api = touches.Api;
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100, lotMonths: 3);
        api.Clock.MoveTo(End.AddDays(-7));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => api.Fire(nameof(ExpirePoints))));

        Assert.Equal([("20260701.7", 100)], Reminders(touches, alice));
    }

    [Fact]
    public async Task What_is_told_leads_to_the_points_and_stands_as_long_as_any_of_them_are_left()
    {
        await using var touches = await HeardTouches.Start();
        var api = touches.Api;
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100, lotMonths: 3);
        await TellAt(api, End.AddDays(-7));

        var touch = Assert.Single(touches.Of(Occasion.PointsEnding));
        Assert.Equal(
            ("pages/points/index", "100积分", "2026年7月1日 00:00", End),
            (touch.Page, touch.Values[TouchValues.Amount], touch.Values[TouchValues.EndsAt], touch.Until));
        Assert.True(await touches.Stands(touch));
        await api.SetStatus(alice.MemberId, "frozen");
        Assert.False(await touches.Stands(touch));
        await api.SetStatus(alice.MemberId, "active");
        await api.Spend(alice, 4, 100);
        Assert.False(await touches.Stands(touch));
    }

    [Fact]
    public async Task Who_cannot_spend_is_told_nothing_then_or_later()
    {
        await using var touches = await HeardTouches.Start();
        var api = touches.Api;
        var alice = await api.LogInAt("alice", China(2026, 3, 2));
        await api.Earn(alice, 1, 100, lotMonths: 3);
        await api.SetStatus(alice.MemberId, "frozen");
        await TellAt(api, End.AddDays(-30));
        await api.SetStatus(alice.MemberId, "active");

        await TellAt(api, End.AddDays(-29));
        Assert.Empty(Reminders(touches, alice));
        await TellAt(api, End.AddDays(-7));

        Assert.Equal([("20260701.7", 100)], Reminders(touches, alice));
    }

    [Fact]
    public async Task The_shopper_sees_what_ends_soon()
    {
        await using var touches = await HeardTouches.Start();
        var api = touches.Api;
        var alice = await api.LogInAt("alice", End.AddDays(-30));
        await api.EarnUntil(alice, new Cause("test", "soon"), 40, End);
        await api.EarnUntil(alice, new Cause("test", "later"), 60, End.AddDays(1));
        await api.EarnUntil(alice, new Cause("test", "ever"), 80, null);

        var points = await (await alice.Get("/api/me/points")).Json();

        Assert.Equal((180, 40), (points.Whole("spendablePoints"), points.Whole("endingSoonPoints")));
    }

    [Fact]
    public void Looked_at_every_day_each_time_of_each_end_is_told_once_with_what_is_left() => Prop.ForAll(
        (from points in Gen.Choose(-30, 30) from days in Gen.Choose(1, 45) select (points, days)).ArrayOf(60)
            .ToArbitrary(),
        steps =>
        {
            var (rows, now) = (new LayoutRows(), HandClock.Start);
            rows.Put(MemberRows.Head, new Member("m", MemberStatus.Active, now, null, null, []));
            foreach (var ((points, days), number) in steps.Select((step, number) => (step, number)))
            {
                now = now.AddDays(1);
                rows.Run(All, account => ExpiryRules.Expire(account, now));
                var lots = rows.State(All).Lots;
                var expected = lots.GroupBy(lot => lot.ExpiresAt!.Value)
                    .Select(group => (End: group.Key, Days: DaysBefore(group, now), Points: group.Sum(lot => lot.RemainingPoints)))
                    .Where(each => each.Days > 0).Select(each => new EndingSoon(each.End, each.Days, each.Points));
                var told = rows.Run(All, account => EndingSoonRules.Tell(account, now))
                    .Facts.OfType<PointsEvent.ToldOfEnds>().SelectMany(each => each.Ends);
                if (!expected.OrderBy(each => each.EndsAt).SequenceEqual(told.OrderBy(each => each.EndsAt))) return false;
                Change(rows, new Cause("test", $"{number}"), points, ChinaDay.Of(now).AddDays(days).Start, now);
            }

            return true;
        }).CheckThoroughly();

    private static void Change(LayoutRows rows, Cause cause, int points, DateTimeOffset end, DateTimeOffset now) => rows.Run(
        PointsRows.Account("m", cause, points < 0 ? Direction.Spend : Direction.Earn),
        account => points < 0
            ? PointsRules.Spend(account, cause, -points, now)
            : PointsRules.Earn(account, cause, cause.Id, points, end, now));

    // The time that lies between the look of yesterday and this one, for lots that were there by then.
    private static int DaysBefore(IEnumerable<Lot> lots, DateTimeOffset now) => new[] { 30, 7, 1 }.FirstOrDefault(days =>
        lots.Any(lot => lot.ExpiresAt!.Value.AddDays(-days) is var time
            && time > now.AddDays(-1) && time <= now && time > lot.EarnedAt));

    private static async Task TellAt(MiniProgramApi api, DateTimeOffset at)
    {
        api.Clock.MoveTo(at);
        await api.Fire(nameof(ExpirePoints));
        await api.Deliver();
    }

    private static (string Id, long Points)[] Reminders(HeardTouches touches, Phone phone) =>
    [
        .. touches.Of(Occasion.PointsEnding, phone.MemberId)
            .Select(touch => (touch.OccasionId, long.Parse(touch.Values[TouchValues.Amount][..^2], CultureInfo.InvariantCulture)))
            .OrderBy(touch => touch.OccasionId, StringComparer.Ordinal),
    ];
}
