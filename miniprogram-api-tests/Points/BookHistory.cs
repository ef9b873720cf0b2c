using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Points;

namespace Pond.Tests.Points;

public enum BookAct
{
    Earn,
    EarnCapped,
    CheckIn,
    MakeUp,
    Spend,
    Hold,
    Post,
    Void,
    Abandon,
    Lapse,
    Refund,
    GiveBack,
    Reverse,
    Bring,
    TakeBack,
    Expire,
}

/// <summary>One thing that may happen to an account.</summary>
/// <param name="CauseId">Few, so that causes meet again.</param>
/// <param name="LotMonths">Months that earned points last; 0 for ever.</param>
/// <param name="Quarters">How much is undone in all; the fourth is the whole.</param>
/// <param name="DaysLater">Since the step before.</param>
public sealed record BookStep(BookAct Act, long Points, int CauseId, int LotMonths, int Quarters, int DaysLater);

/// <summary>Plays everything that can happen to points on rows, as the app would, and keeps the sums of its own.</summary>
internal sealed class BookHistory
{
    /// <summary>The most that comes in on one day but by <see cref="BookAct.Earn"/>, which is an operator's.</summary>
    public static readonly EarnCaps Caps = new(60, 40);

    private static readonly CheckInProgramme Programme = new(
        1, 3, CheckInCycle.AfterLast, [new(2, 10), new(3, 50)], [new(CheckInPeriod.Month, 4, 20), new(CheckInPeriod.AllTime, 5, 30)],
        MakeUpCards: 2, MakeUpDays: 7);

    private readonly LayoutRows rows = new();
    private int steps;

    private readonly string lot;

    /// <param name="lot">How the ids of its lots begin.</param>
    public BookHistory(string lot = "lot")
    {
        this.lot = lot;
        rows.Put(MemberRows.Head, new Member("m", MemberStatus.Active, HandClock.Start, null, null, []));
    }

    public static Arbitrary<BookStep[]> Any =>
        (from steps in Gen.Choose(1, 40).SelectMany(count => Step.ArrayOf(count))
         select steps).ToArbitrary();

    public DateTimeOffset Now { get; private set; } = HandClock.Start;

    public long Granted { get; private set; }

    public long Spent { get; private set; }

    public long Expired { get; private set; }

    public long Revoked { get; private set; }

    public long Forgiven { get; private set; }

    public bool HasClash => rows.HasClash;

    public IReadOnlyList<Lot> Lots =>
        [.. rows.Under<PointsRows.LotPage>(PointsRows.LotsPrefix).SelectMany(page => page.Lots)];

    public IReadOnlyList<Hold> Holds => rows.Under<Hold>(PointsRows.HoldsPrefix);

    public Balance Balance =>
        rows.State(PointsRows.Account("m", new Cause("", ""), Direction.Earn)).Balance;

    /// <summary>The ledger, the oldest line first.</summary>
    public IReadOnlyList<Entry> Entries => [.. rows.Under<Entry>(PointsRows.EntryPrefix).Reverse()];

    /// <summary>Goes on to a step.</summary>
    public void Wait(int days) => (Now, steps) = (Now.AddDays(days), steps + 1);

    public PointsAccount State(BookStep step) => rows.State(LayoutOf(step));

    public Decision<PointsEvent> Decide(PointsAccount account, BookStep step)
    {
        var cause = CauseOf(step);
        var share = new Share(step.Quarters, 4);
        return step.Act switch
        {
            BookAct.Earn => PointsRules.Earn(
                account, cause, $"{lot}-{steps:D4}", step.Points, PointsSteps.EndOf(Now, step.LotMonths), Now),
            BookAct.EarnCapped => EarnRules.Earn(
                account, cause, $"{lot}-{steps:D4}", step.Points, Caps, PointsSteps.EndOf(Now, step.LotMonths), Now),
            BookAct.CheckIn => CheckInRules.CheckIn(account, Today, Programme, Terms(step), Now),
            BookAct.MakeUp => CheckInRules.MakeUp(
                account, Today.AddDays(-step.CauseId), Today, ChinaDay.Of(HandClock.Start), Programme, Terms(step), Now),
            BookAct.Spend => PointsRules.Spend(account, cause, step.Points, Now),
            BookAct.Hold => HoldRules.Hold(account, cause, step.Points, Now.AddDays(20), Now),
            BookAct.Post => HoldRules.Post(account, cause, Now),
            BookAct.Void => HoldRules.Void(account, cause, Now),
            BookAct.Abandon => HoldRules.Abandon(account, cause, Now),
            BookAct.Lapse => HoldRules.Lapse(account, cause, Now),
            BookAct.Refund => UndoRules.Refund(account, cause, share, $"{lot}-{steps:D4}", Now),
            BookAct.GiveBack => OrderBookingRules.GiveBack(account, cause, share, $"{lot}-{steps:D4}", Now),
            BookAct.Bring => OrderBookingRules.Bring(
                account, cause, $"{lot}-{steps:D4}", step.Points, Caps, before: null,
                PointsSteps.EndOf(Now, step.LotMonths), Now),
            BookAct.TakeBack => OrderBookingRules.TakeBack(account, cause, share, Now),
            BookAct.Reverse => UndoRules.Reverse(account, cause, share, Now),
            _ => ExpiryRules.Expire(account, Now),
        };
    }

    public Decision<PointsEvent> Play(BookStep step)
    {
        var decision = rows.Run(LayoutOf(step), account => Decide(account, step));
        foreach (var fact in decision.Facts) Count(fact);
        return decision;
    }

    /// <summary>Takes back a share of what an order brings.</summary>
    public void TakeBack(Cause cause, Share share) => rows.Run(
        PointsRows.Undoing("m", cause, Direction.Earn),
        account => OrderBookingRules.TakeBack(account, cause, share, Now));

    /// <summary>Plays what no step stands for.</summary>
    /// <returns>What others are to hear of it.</returns>
    public IReadOnlyList<PointsMovedV1> Run(
        Layout<PointsAccount, PointsEvent> layout, Func<PointsAccount, Decision<PointsEvent>> decide) =>
        Moved(rows.Run(layout, decide));

    /// <summary>What of a decision goes on to another account.</summary>
    public static IReadOnlyList<PointsMovedV1> Moved(Decision<PointsEvent> decision) =>
    [
        .. decision.Facts.SelectMany(fact => PointsRows.Leaving("m").Announce!(fact))
            .Select(message => message.Body).OfType<PointsMovedV1>(),
    ];

    /// <summary>The account is part of another one from now on.</summary>
    public void BecomePartOf(string memberId) => rows.Put(
        MemberRows.Head,
        new Member("m", MemberStatus.Merged, HandClock.Start, null, null, [], MergedInto: memberId));

    public static Layout<PointsAccount, PointsEvent> LayoutOf(BookStep step) => step.Act switch
    {
        BookAct.Earn => PointsRows.Account("m", CauseOf(step), Direction.Earn),
        BookAct.EarnCapped or BookAct.CheckIn or BookAct.MakeUp => PointsRows.Earning("m", CauseOf(step), Caps),
        BookAct.Refund => PointsRows.Undoing("m", CauseOf(step), Direction.Spend),
        BookAct.GiveBack => PointsRows.GivingBack("m", CauseOf(step)),
        BookAct.Bring => PointsRows.Bringing("m", CauseOf(step), Caps),
        BookAct.Reverse or BookAct.TakeBack => PointsRows.Undoing("m", CauseOf(step), Direction.Earn),
        BookAct.Spend => PointsRows.Account("m", CauseOf(step), Direction.Spend),
        BookAct.Expire => PointsRows.Ending(MemberRows.Partition("m")),
        _ => PointsRows.Holding("m", CauseOf(step)),
    };

    private ChinaDay Today => ChinaDay.Of(Now);

    private RewardTerms Terms(BookStep step) => new(
        $"{lot}-{steps:D4}",
        step.LotMonths == 0
            ? new ExpiryPolicy.Never()
            : new ExpiryPolicy.AfterDays(step.LotMonths * 30),
        Caps);

    private static Cause CauseOf(BookStep step) =>
        new(
            step.Act switch
            {
                BookAct.EarnCapped => "capped",
                BookAct.Bring or BookAct.TakeBack => Cause.Order,
                _ => "test",
            },
            $"{step.CauseId}");

    private void Count(PointsEvent fact)
    {
        Granted += fact switch
        {
            PointsEvent.Earned earned => earned.Lot.GrantedPoints,
            PointsEvent.Refunded refunded => refunded.Points,
            _ => 0,
        };
        Spent += fact switch
        {
            PointsEvent.Spent spent => spent.Points,
            PointsEvent.HoldPosted posted => posted.Hold.Points,
            _ => 0,
        };
        Expired += fact is PointsEvent.Expired expired ? expired.Points : 0;
        Revoked += fact is PointsEvent.Reversed reversed ? reversed.Points : 0;
        Forgiven += fact is PointsEvent.Reversed { Forgiven: { } forgiven } ? forgiven.Points : 0;
    }

    private static Gen<BookStep> Step =>
        from act in Gen.Frequency(
            (4, Gen.Constant(BookAct.Earn)), (2, Gen.Constant(BookAct.Hold)), (2, Gen.Constant(BookAct.CheckIn)),
            (4, Gen.Elements(Enum.GetValues<BookAct>())))
        from points in Gen.Choose(1, 50)
        from causeId in Gen.Choose(0, 9)
        from lotMonths in Gen.Elements(0, 1, 1, 2)
        from quarters in Gen.Choose(0, 4)
        from daysLater in Gen.Elements(0, 0, 0, 1, 19, 20, 45)
        select new BookStep(act, points, causeId, lotMonths, quarters, daysLater);
}
