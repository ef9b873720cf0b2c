using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using PointsAmount = Pond.Kernel.Points;

namespace Pond.Tests.Kernel;

public sealed class KernelProperties
{
    /// <summary>Whole numbers, the edges among them.</summary>
    private static readonly Gen<long> Wholes = Gen.Frequency(
        (4, Gen.Choose(-100_000, 100_000).Select(number => (long)number)),
        (2, ArbMap.Default.GeneratorFor<long>()),
        (1, Gen.Elements(0L, 1, -1, long.MaxValue, long.MinValue, long.MaxValue - 1, long.MinValue + 1)));

    /// <summary>Instants of four hundred years, half of them near a midnight of China.</summary>
    private static readonly Gen<DateTimeOffset> Instants =
        from day in Gen.Choose(0, 400 * 365)
        from ticks in Gen.OneOf(
            Gen.Choose(0, 86_399_999).Select(ms => ms * TimeSpan.TicksPerMillisecond),
            Gen.Choose(-1, 1).Select(tick => (16 * TimeSpan.TicksPerHour) + tick))
        select new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day).AddTicks(ticks);

    private static readonly Gen<ChinaDay> Days = Instants.Select(ChinaDay.Of);

    [Fact]
    public void Sums_of_money_are_exact_or_refused() =>
        Prop.ForAll(Wholes.ToArbitrary(), Wholes.ToArbitrary(), (a, b) =>
        IsExact((BigInteger)a + b, () => (new Fen(a) + new Fen(b)).Value)
        && IsExact((BigInteger)a - b, () => (new Fen(a) - new Fen(b)).Value)
        && IsExact((BigInteger)a * b, () => (new Fen(a) * b).Value)).CheckThoroughly();

    [Fact]
    public void Sums_of_points_are_exact_or_refused() =>
        Prop.ForAll(Wholes.ToArbitrary(), Wholes.ToArbitrary(), (a, b) =>
        IsExact((BigInteger)a + b, () => (new PointsAmount(a) + new PointsAmount(b)).Value)
        && IsExact((BigInteger)a - b, () => (new PointsAmount(a) - new PointsAmount(b)).Value)
        && IsExact(-(BigInteger)a, () => (-new PointsAmount(a)).Value)).CheckThoroughly();

    [Fact]
    public void Amounts_compare_as_their_numbers_do() =>
        Prop.ForAll(Wholes.ToArbitrary(), Wholes.ToArbitrary(), (a, b) =>
    {
        var (fen, otherFen, points, otherPoints) = (new Fen(a), new Fen(b), new PointsAmount(a), new PointsAmount(b));
        return (fen < otherFen, fen <= otherFen, fen > otherFen, fen >= otherFen) == (a < b, a <= b, a > b, a >= b)
            && (points < otherPoints, points <= otherPoints, points > otherPoints, points >= otherPoints)
                == (a < b, a <= b, a > b, a >= b)
            && Fen.Min(fen, otherFen).Value == Math.Min(a, b)
            && PointsAmount.Min(points, otherPoints).Value == Math.Min(a, b);
    }).CheckThoroughly();

    [Fact]
    public void A_share_of_money_is_rounded_half_up_to_a_fen() => Prop.ForAll(
        Wholes.ToArbitrary(), Gen.Choose(0, 30_000).ToArbitrary(), (amount, share) =>
        IsExact(
            FloorOfTenThousandth(((BigInteger)amount * share) + 5_000),
            () => new BasisPoints(share).Of(new Fen(amount)).Value)).CheckThoroughly();

    [Fact]
    public void A_share_of_points_is_rounded_down() => Prop.ForAll(
        Wholes.ToArbitrary(), Gen.Choose(0, 30_000).ToArbitrary(), (amount, share) =>
        IsExact(
            FloorOfTenThousandth((BigInteger)amount * share),
            () => new BasisPoints(share).Of(new PointsAmount(amount)).Value)).CheckThoroughly();

    [Fact]
    public void A_share_and_its_rest_differ_from_the_whole_by_a_fen_at_most() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 10_000).ToArbitrary(), (amount, share) =>
        {
            var rest = new BasisPoints(BasisPoints.Whole.Value - share);
            var sum = new BasisPoints(share).Of(new Fen(amount)) + rest.Of(new Fen(amount));
            return sum.Value - amount is 0 or 1;
        }).CheckThoroughly();

    [Theory]
    [InlineData(1, 5_000, 1), InlineData(1, 4_999, 0), InlineData(3, 5_000, 2), InlineData(-1, 5_000, 0)]
    [InlineData(999, 8_500, 849), InlineData(long.MaxValue, 10_000, long.MaxValue)]
    public void A_half_fen_goes_up(long amount, int share, long expected) =>
        Assert.Equal(expected, new BasisPoints(share).Of(new Fen(amount)).Value);

    [Fact]
    public void An_instant_lies_in_its_day_and_in_no_other() => Prop.ForAll(Instants.ToArbitrary(), instant =>
    {
        var day = ChinaDay.Of(instant);
        return day.Start <= instant && instant < day.Next.Start
            && day.Next.Start - day.Start == TimeSpan.FromDays(1)
            && ChinaDay.Of(day.Start) == day && ChinaDay.Of(day.Start.AddTicks(-1)) == day.Previous
            && ChinaDay.Of(instant.ToOffset(TimeSpan.FromHours(-7))) == day;
    }).CheckThoroughly();

    [Fact]
    public void A_day_s_text_is_read_back_and_sorts_by_time() =>
        Prop.ForAll(Days.ToArbitrary(), Days.ToArbitrary(), (one, other) =>
        ChinaDay.Parse(one.ToString()) == one && one.ToString().Length == 8
        && Math.Sign(string.CompareOrdinal(one.ToString(), other.ToString())) == one.Date.CompareTo(other.Date))
        .CheckThoroughly();

    [Fact]
    public void A_month_on_is_the_same_day_or_that_month_s_last() => Prop.ForAll(
        Days.ToArbitrary(), Gen.Choose(0, 48).ToArbitrary(), (day, months) =>
        {
            var later = day.AddMonths(months).Date;
            var lastDay = DateTime.DaysInMonth(later.Year, later.Month);
            return ((later.Year - day.Date.Year) * 12) + later.Month - day.Date.Month == months
                && later.Day == Math.Min(day.Date.Day, lastDay)
                && day.NextMonth.Date.Day == 1 && day.NextMonth.Previous.Date.Month == day.Date.Month;
        }).CheckThoroughly();

    [Theory]
    [InlineData("20260131", 1, "20260228"), InlineData("20280131", 1, "20280229"),
        InlineData("20261231", 2, "20270228")]
    public void Months_end_where_they_are_shorter(string from, int months, string expected) =>
        Assert.Equal(expected, ChinaDay.Parse(from).AddMonths(months).ToString());

    [Theory, InlineData("2026-01-01"), InlineData("20260230"), InlineData(""), InlineData("２０２６０１０１")]
    public void What_is_no_day_is_not_read(string text) => Assert.Throws<FormatException>(() => ChinaDay.Parse(text));

    [Fact]
    public void Amounts_read_as_people_write_them()
    {
        Assert.Equal(("¥12.50", "¥-0.01", "¥0.00"), ($"{new Fen(1_250)}", $"{new Fen(-1)}", $"{Fen.Zero}"));
        Assert.Equal(("85%", "0.01%"), ($"{new BasisPoints(8_500)}", $"{new BasisPoints(1)}"));
    }

    private static BigInteger FloorOfTenThousandth(BigInteger number) =>
        (number - (((number % 10_000) + 10_000) % 10_000)) / 10_000;

    private static bool IsExact(BigInteger expected, Func<long> actual)
    {
        if (expected >= long.MinValue && expected <= long.MaxValue) return actual() == expected;
        try
        {
            actual();
            return false;
        }
        catch (OverflowException)
        {
            return true;
        }
    }
}
