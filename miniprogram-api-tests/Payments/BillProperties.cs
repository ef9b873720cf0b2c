using FsCheck;
using FsCheck.Fluent;
using Pond.Payments;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.Payments;

/// <summary>PAY-08: a difference between bill and books is found whichever side it is on.</summary>
[Rule("PAY-08")]
public sealed class BillProperties
{
    private static Arbitrary<int[]> Lines => Gen.Choose(0, 9).ArrayOf().Select(all => all.Distinct().ToArray()).ToArbitrary();

    [Fact]
    public void What_is_the_same_on_both_sides_differs_in_nothing() => Prop.ForAll(Lines, lines =>
    {
        var differences = BillRules.Compare([.. lines.Select(Billed)], [.. lines.Select(Booked)]);
        return (differences.Strange.Count, differences.Missing.Count, differences.Different.Count) == (0, 0, 0);
    }).CheckThoroughly();

    [Fact]
    public void Every_line_of_one_side_alone_is_found_and_no_other() => Prop.ForAll(Lines, Lines, (bill, books) =>
    {
        var differences = BillRules.Compare([.. bill.Select(Billed)], [.. books.Select(Booked)]);
        return differences.Strange.SequenceEqual(bill.Except(books).Select(Billed))
            && differences.Missing.SequenceEqual(books.Except(bill).Select(Booked))
            && differences.Different.Count == 0;
    }).CheckThoroughly();

    [Fact]
    public void Every_other_amount_is_found() => Prop.ForAll(Lines, lines =>
    {
        var differences = BillRules.Compare(
            [.. lines.Select(Billed)],
            [.. lines.Select(Booked).Select(line => line with { AmountFen = line.AmountFen + 1, RefundFen = line.RefundFen + 1 })]);
        return differences.Different.SequenceEqual(lines.Select(Billed));
    }).CheckThoroughly();

    // The odd ones are refunds.
    private static BillLine Billed(int line) => line % 2 == 0
        ? new BillLine($"n{line}", $"t{line}", 100 + line, null, 0, "SUCCESS")
        : new BillLine($"n{line}", $"t{line}", 0, $"r{line}", 50 + line, "REFUND");

    private static BookLine Booked(int line) => line % 2 == 0
        ? new BookLine($"n{line}", $"t{line}", 100 + line, null, 0, HandClock.Start)
        : new BookLine($"n{line}", $"t{line}", 500, $"r{line}", 50 + line, HandClock.Start);
}
