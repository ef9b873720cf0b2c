using FsCheck;
using FsCheck.Fluent;
using Pond.Kernel;
using Pond.Products;

namespace Pond.Tests.Products;

public enum StockStepKind
{
    Take,
    GiveBack,
    Confirm,
    Release,
    ReleaseSpare,
    Return,
    Adjust,
    Fill,
    Close,
}

/// <param name="Other">Which look or refund, or pieces beyond.</param>
public sealed record StockStep(StockStepKind Kind, int Order, int Quantity, int Other);

/// <summary>One shard through any history, on the rows that the app would write.</summary>
[Rule("PRD-01")]
public sealed class StockProperties
{
    private const int WantedMax = 6;

    [Fact]
    public void What_orders_keep_is_never_more_than_there_is() => Holds(history =>
        history.Shard.Reserved >= 0 && history.Shard.Reserved <= history.Shard.OnHand);

    [Fact]
    public void Reserved_is_what_the_orders_keep_and_on_hand_what_the_ledger_says() => Holds(history =>
        history.Shard.Reserved == history.Orders.Where(order => order.State is OrderStockState.Reserved)
            .Sum(order => order.Quantity)
        && history.Shard.OnHand == history.Sum(StockEntryKind.Adjust) + history.Sum(StockEntryKind.Return)
            + history.Sum(StockEntryKind.Move) - history.Sum(StockEntryKind.Confirm)
        && history.Shard.Reserved == history.Sum(StockEntryKind.Reserve) - history.Sum(StockEntryKind.Release)
            - history.Sum(StockEntryKind.Confirm));

    [Fact]
    public void Entries_are_numbered_without_a_gap_chained_and_unique() => Holds(history =>
    {
        StockEntry[] entries = [.. history.Entries.Reverse()];
        return !history.Rows.HasClash
            && entries.Select(entry => entry.Seq).SequenceEqual(Enumerable.Range(1, entries.Length).Select(n => (long)n))
            && entries.Select(entry => entry.Previous)
                .SequenceEqual(entries.Select(StockLedger.HashOf).Prepend("").Take(entries.Length))
            && history.Shard.LastHash == (entries.Length == 0 ? "" : StockLedger.HashOf(entries[^1]))
            && entries.DistinctBy(entry => (entry.Kind, entry.Key)).Count() == entries.Length
            && entries.All(entry => entry.Quantity != 0);
    });

    [Fact]
    public void No_order_gets_more_than_it_asked_for_or_gives_back_more_than_it_got() => Holds(history =>
        history.Orders.All(order => order.Quantity <= WantedMax && order.Returned <= order.Quantity
            && (order.State is OrderStockState.Confirmed || order.Returns.Count == 0)));

    [Fact]
    public void What_was_released_or_sold_stays_so() => Plays((history, step) =>
    {
        var before = history.Orders.ToDictionary(order => order.OrderId, order => order.State);
        history.Play(step);
        return history.Orders.All(order => !before.TryGetValue(order.OrderId, out var state)
            || state is OrderStockState.Reserved || state == order.State);
    });

    [Fact]
    public void A_wish_repeated_changes_nothing() => Plays((history, step) =>
    {
        if (step.Kind is StockStepKind.Adjust or StockStepKind.Fill)
            return history.Play(step) is not null; // each has a key of its own
        history.Play(step);
        var before = history.Shard;
        return history.Play(step).Facts.Count == 0 && history.Shard == before;
    });

    [Fact, Rule("ACT-03")]
    public void Of_an_allotment_that_is_over_every_free_piece_is_on_its_way_home_once() => Plays((history, step) =>
    {
        var (home, left) = (history.Shard.Home, history.Sum(StockEntryKind.Move));
        var sent = history.Play(step).Facts.OfType<StockEvent.SentHome>().ToArray();
        var isClosed = history.Shard.Home is not null;
        return (home is null || home == history.Shard.Home)
            && (isClosed ? history.Shard.Available == 0 : sent.Length == 0)
            && (step.Kind is StockStepKind.Fill || history.Sum(StockEntryKind.Move) == left - sent.Sum(one => one.Move.Quantity));
    });

    [Fact]
    public void An_order_takes_nothing_where_it_cannot_get_all() => Plays((history, step) =>
    {
        var free = history.Shard.Available;
        return history.Play(step).Facts is not [StockEvent.Taken taken]
            || (taken.IsShort == (free + step.Other < step.Quantity)
                && taken.Quantity == (taken.IsShort ? 0 : Math.Min(free, step.Quantity)));
    });

    [Fact]
    public void Shares_of_an_adjustment_add_up_and_differ_by_one_at_most() => Prop.ForAll(
        (from shards in Gen.Choose(1, ProductRules.ShardsMax)
         from quantity in Gen.Choose(-5_000, 5_000)
         from number in Gen.Choose(0, 1_000)
         select new StockAdjustmentV1($"adjustment-{number}", "sku", shards, quantity, "op", "a test")).ToArbitrary(),
        adjustment =>
        {
            int[] shares =
            [
                .. Enumerable.Range(0, adjustment.Shards).Select(shard => StockLedgerRules.ShareOf(adjustment, shard)),
            ];
            return shares.Sum() == adjustment.Quantity && shares.Max() - shares.Min() <= 1;
        }).CheckThoroughly();

    private static Arbitrary<StockStep[]> Steps => Gen.Choose(1, 50).SelectMany(count => (
        from kind in Gen.Elements(Enum.GetValues<StockStepKind>())
        from order in Gen.Choose(0, 4)
        from quantity in Gen.Choose(1, WantedMax)
        from other in Gen.Choose(1, 3)
        select new StockStep(kind, order, quantity, other)).ArrayOf(count)).ToArbitrary();

    private static void Holds(Func<History, bool> promise) => Plays((history, step) =>
    {
        history.Play(step);
        return promise(history);
    });

    private static void Plays(Func<History, StockStep, bool> isRight) => Prop.ForAll(Steps, steps =>
    {
        var history = new History();
        return steps.All(step => isRight(history, step));
    }).CheckThoroughly();

    private sealed class History
    {
        private int changes;

        public LayoutRows Rows { get; } = new();

        public StockShard Shard => Rows.State(StockRows.Shard("sku", 0)).Shard;

        public IReadOnlyList<OrderStock> Orders => Rows.Under<OrderStock>("order");

        public IReadOnlyList<StockEntry> Entries => Rows.Under<StockEntry>(StockRows.EntryPrefix);

        public int Sum(StockEntryKind kind) =>
            Entries.Where(entry => entry.Kind == kind).Sum(entry => entry.Quantity);

        public Decision<StockEvent> Play(StockStep step)
        {
            var (order, now) = ($"order-{step.Order}", HandClock.Start);
            return step.Kind switch
            {
                StockStepKind.Take => Order(
                    desk => StockLedgerRules.Take(desk, order, 1 + (step.Other % 2), step.Quantity, step.Other, now)),
                StockStepKind.GiveBack =>
                    Order(desk => StockLedgerRules.GiveBack(desk, order, 1 + (step.Other % 2), now)),
                StockStepKind.Confirm => Order(desk => StockLedgerRules.Confirm(desk, order, now)),
                StockStepKind.Release => Order(desk => StockLedgerRules.Release(desk, order, now)),
                StockStepKind.ReleaseSpare => Order(desk => StockLedgerRules.ReleaseSpare(desk, order, now)),
                StockStepKind.Return => Order(
                    desk => StockLedgerRules.Return(desk, order, step.Other, step.Quantity, now)),
                StockStepKind.Close => Rows.Run(
                    StockRows.Shard("sku", 0), desk => AllotmentRules.Close(desk, new StockHome("home", 0, "sku.0"), now)),

                // Of an allotment that is over, the app fills none and no operator sees any.
                _ when Shard.Home is not null => Decision<StockEvent>.Nothing,
                StockStepKind.Fill => Rows.Run(
                    StockRows.Shard("sku", 0),
                    _ => AllotmentRules.Receive($"fill-{changes++}", step.Quantity * 2, now)),
                _ => Rows.Run(StockRows.Shard("sku", 0), desk => StockLedgerRules.Adjust(
                    desk, $"adjustment-{changes++}", (step.Quantity * 3) - 7, "op", "a test", now)),
            };

            Decision<StockEvent> Order(Func<StockDesk, Decision<StockEvent>> decide) =>
                Rows.Run(StockRows.Order("sku", 0, order), decide);
        }
    }
}
