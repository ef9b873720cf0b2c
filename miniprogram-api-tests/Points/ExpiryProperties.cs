using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Points;

namespace Pond.Tests.Points;

[Rule("PTS-07")]
public sealed class ExpiryProperties
{
    private static readonly Gen<ExpiryPolicy> Policy = Gen.OneOf<ExpiryPolicy>(
        Gen.Constant<ExpiryPolicy>(new ExpiryPolicy.Never()),
        Gen.Choose(1, 1_095).Select(days => (ExpiryPolicy)new ExpiryPolicy.AfterDays(days)),
        Gen.Choose(1, 36).SelectMany(
            _ => Gen.Elements(Enum.GetValues<ExpiryRounding>()),
            (months, rounding) => (ExpiryPolicy)new ExpiryPolicy.AfterMonths(months, rounding)),
        Gen.Choose(0, 365).Select(day => new DateOnly(2000, 1, 1).AddDays(day))
            .Select(date => (ExpiryPolicy)new ExpiryPolicy.EachYear(date.Month, date.Day)));

    private static readonly Gen<DateTimeOffset> Instant =
        from day in Gen.Choose(0, 365 * 90)
        from second in Gen.Choose(0, 86_399)
        select new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day).AddSeconds(second);

    [Fact]
    public void Points_end_after_now_at_a_midnight_in_China() => Prop.ForAll(
        Policy.ToArbitrary(), Instant.ToArbitrary(), (policy, now) =>
            policy.EndOf(now) is not { } end
            || (end > now && end.ToOffset(ChinaDay.Offset).TimeOfDay == TimeSpan.Zero)).CheckThoroughly();

    [Fact]
    public void What_is_earned_later_never_ends_sooner() => Prop.ForAll(
        Policy.ToArbitrary(), Instant.ToArbitrary(), Gen.Choose(0, 400 * 86_400).ToArbitrary(), (policy, now, seconds) =>
            policy.EndOf(now) is not { } end || end <= policy.EndOf(now.AddSeconds(seconds))).CheckThoroughly();

    [Fact]
    public void Rounding_waits_for_the_end_of_the_period_and_no_longer() => Prop.ForAll(
        Gen.Choose(1, 36).ToArbitrary(), Gen.Elements(Enum.GetValues<ExpiryRounding>()).ToArbitrary(),
        Instant.ToArbitrary(), (months, rounding, now) =>
        {
            var exact = new ExpiryPolicy.AfterMonths(months, ExpiryRounding.Day).EndOf(now)!.Value;
            var end = ChinaDay.Of(new ExpiryPolicy.AfterMonths(months, rounding).EndOf(now)!.Value).Date;
            var length = Math.Max(1, (int)rounding);
            return end.ToDateTime(default) >= exact.ToOffset(ChinaDay.Offset).DateTime
                && end.AddMonths(-length) < ChinaDay.Of(exact).Date
                && (rounding is ExpiryRounding.Day || (end.Day == 1 && (end.Month - 1) % length == 0));
        }).CheckThoroughly();

    [Theory]
    [InlineData("day", 1, "2026-01-31", "2026-03-01")] // the last of February, since that has no 31st
    [InlineData("day", 1, "2028-01-31", "2028-03-01")]
    [InlineData("day", 12, "2028-02-29", "2029-03-01")]
    [InlineData("month", 1, "2026-01-31", "2026-03-01")]
    [InlineData("quarter", 1, "2026-01-31", "2026-04-01")]
    [InlineData("quarter", 3, "2026-12-31", "2027-04-01")]
    [InlineData("halfYear", 6, "2026-01-01", "2027-01-01")]
    [InlineData("year", 12, "2026-01-01", "2028-01-01")]
    [InlineData("year", 1, "2026-12-01", "2028-01-01")]
    public void Months_end_with_their_period(string rounding, int months, string today, string end) =>
        AssertEnd(new PointsOptions { LotMonths = months, ExpiryRounding = rounding }, today, end);

    [Theory]
    [InlineData(1, "2026-03-02", "2026-03-04")]
    [InlineData(365, "2026-03-02", "2027-03-03")]
    public void Days_are_those_after_today(int days, string today, string end) =>
        AssertEnd(new PointsOptions { ExpiryDays = days }, today, end);

    [Theory]
    [InlineData("12-31", "2026-03-02", "2027-01-01")]
    [InlineData("12-31", "2026-12-31", "2027-01-01")]
    [InlineData("06-30", "2026-07-01", "2027-07-01")]
    [InlineData("02-29", "2027-02-01", "2027-03-01")]
    public void A_date_is_the_next_of_its_kind(string date, string today, string end) =>
        AssertEnd(new PointsOptions { ExpiryDate = date }, today, end);

    [Fact]
    public void Without_months_days_or_a_date_points_last_for_ever() =>
        Assert.Null(new PointsOptions { LotMonths = 0 }.Expiry().EndOf(HandClock.Start));

    [Theory]
    [InlineData("Points:ExpiryRounding", "week"), InlineData("Points:ExpiryRounding", "3")]
    [InlineData("Points:ExpiryDays", "-1"), InlineData("Points:ExpiryDays", "1096")]
    [InlineData("Points:ExpiryDate", "13-01"), InlineData("Points:ExpiryDate", "02-30")]
    [InlineData("Points:ExpiryDate", "2026-12-31")]
    public async Task A_policy_that_is_none_keeps_the_app_from_starting(string setting, string value)
    {
        var refused = await Assert.ThrowsAsync<SettingsException>(
            () => MiniProgramApi.Start(new Dictionary<string, string> { [setting] = value }));
        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_that_end_day_by_day_for_years_fit_their_rows_and_are_spent_in_one_batch()
    {
        var (rows, now, policy) = (new LayoutRows(), HandClock.Start, new ExpiryPolicy.AfterDays(1_095));
        rows.Put(MemberRows.Head, new Member("m", MemberStatus.Active, now, null, null, []));
        for (var number = 0; number < 420; number++, now = now.AddDays(3))
        {
            var cause = new Cause("test", $"{number}");
            rows.Run(Account(cause, Direction.Spend), account => ExpiryRules.Expire(account, now));
            Assert.Null(rows.Run(
                Account(cause, Direction.Earn),
                account => PointsRules.Earn(account, cause, $"lot-{number}", 7, policy.EndOf(now), now)).Refusal);
        }

        var pages = rows.Under<PointsRows.LotPage>(PointsRows.LotsPrefix);
        Assert.InRange(pages.Count, 36, StoreLimits.WritesPerBatchMax / 2);
        Assert.All(pages, page => Assert.InRange(
            StoreLimits.RowBytes("m", "lots", Stored.Write(page)), 0, StoreLimits.RowBytesMax / 10));
        var all = pages.SelectMany(page => page.Lots).Sum(lot => lot.RemainingPoints);
        var order = new Cause("test", "order");
        Assert.Null(rows.Run(
            Account(order, Direction.Spend), account => PointsRules.Spend(account, order, all, now.AddDays(-3))).Refusal);
        Assert.Empty(rows.Under<PointsRows.LotPage>(PointsRows.LotsPrefix));
    }

    [Fact]
    public void Many_lots_that_end_on_many_days_of_one_month_are_folded_day_by_day_and_lose_nothing()
    {
        var (rows, now) = (new LayoutRows(), HandClock.Start);
        rows.Put(MemberRows.Head, new Member("m", MemberStatus.Active, now, null, null, []));
        var earned = new Dictionary<DateTimeOffset, long>();
        for (var number = 0; number < PointsRules.LotsPerMonthMax + 62; number++)
        {
            var (cause, end) = (new Cause("test", $"{number}"), Start("2026-05-01").AddDays(number % 31));
            rows.Run(
                Account(cause, Direction.Earn),
                account => PointsRules.Earn(account, cause, $"lot-{number}", number + 1, end, now));
            earned[end] = earned.GetValueOrDefault(end) + number + 1;
        }

        var page = Assert.Single(rows.Under<PointsRows.LotPage>(PointsRows.LotsPrefix));
        Assert.Equal(PointsRules.LotsPerMonthMax, page.Lots.Count);
        Assert.Equal(
            earned.OrderBy(each => each.Key),
            page.Lots.GroupBy(lot => lot.ExpiresAt!.Value)
                .Select(group => KeyValuePair.Create(group.Key, group.Sum(lot => lot.RemainingPoints)))
                .OrderBy(each => each.Key));
    }

    private static Layout<PointsAccount, PointsEvent> Account(Cause cause, Direction direction) =>
        PointsRows.Account("m", cause, direction);

    private static void AssertEnd(PointsOptions options, string today, string end)
    {
        Assert.Empty(options.Problems());
        Assert.Equal(Start(end), options.Expiry().EndOf(Start(today).AddHours(23)));
    }

    private static DateTimeOffset Start(string day) =>
        new ChinaDay(DateOnly.ParseExact(day, "yyyy-MM-dd")).Start;
}
