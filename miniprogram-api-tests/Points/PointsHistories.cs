using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Points;

namespace Pond.Tests.Points;

/// <summary>One booking that somebody wishes for.</summary>
/// <param name="CauseId">Few, so that causes come again.</param>
/// <param name="LotMonths">Months that the points last; 0 for ever.</param>
/// <param name="DaysLater">Since the step before.</param>
public sealed record PointsStep(bool IsEarn, long Points, int CauseId, int LotMonths, int DaysLater);

/// <summary>Draws histories and plays them on rows, as the app would.</summary>
internal sealed class PointsHistory
{
    private readonly LayoutRows rows = new();
    private DateTimeOffset now = HandClock.Start;
    private int lots;

    public PointsHistory(MemberStatus status = MemberStatus.Active) => rows.Put(
        MemberRows.Head, new Member("m", status, HandClock.Start, null, null, []));

    public static Arbitrary<PointsStep[]> Any =>
        (from steps in Gen.Choose(1, 40).SelectMany(count => Step.ArrayOf(count))
         select steps).ToArbitrary();

    public DateTimeOffset Now => now;

    public bool HasClash => rows.HasClash;

    public Balance Balance => State(new Cause("", ""), Direction.Earn).Balance;

    public IReadOnlyList<Lot> Lots => State(new Cause("", ""), Direction.Earn).Lots;

    /// <summary>The ledger, the oldest line first.</summary>
    public IReadOnlyList<Entry> Entries => [.. rows.Under<Entry>(PointsRows.EntryPrefix).Reverse()];

    public void Wait(int days) => now = now.AddDays(days);

    public PointsAccount State(Cause cause, Direction direction) =>
        rows.State(PointsRows.Account("m", cause, direction));

    public Decision<PointsEvent> Play(PointsStep step)
    {
        var cause = CauseOf(step);
        return rows.Run(
            PointsRows.Account("m", cause, DirectionOf(step)),
            account => step.IsEarn
                ? PointsRules.Earn(
                    account, cause, $"lot-{lots++:D4}", step.Points, PointsSteps.EndOf(now, step.LotMonths), now)
                : PointsRules.Spend(account, cause, step.Points, now));
    }

    public static Cause CauseOf(PointsStep step) => new("test", $"{step.CauseId}");

    public static Direction DirectionOf(PointsStep step) => step.IsEarn ? Direction.Earn : Direction.Spend;

    private static Gen<PointsStep> Step =>
        from isEarn in Gen.Elements(true, true, false)
        from points in Gen.Frequency(
            (8, Gen.Choose(1, 50)), (1, Gen.Choose(-1, 0)), (1, Gen.Constant((int)PointsRules.PointsPerBookingMax)))
        from causeId in Gen.Choose(0, 25)
        from lotMonths in Gen.Elements(0, 1, 1, 2, 12)
        from daysLater in Gen.Elements(0, 0, 0, 1, 20, 45)
        select new PointsStep(isEarn, points, causeId, lotMonths, daysLater);
}
