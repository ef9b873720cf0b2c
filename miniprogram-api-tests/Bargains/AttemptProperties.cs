using FsCheck;
using FsCheck.Fluent;
using Pond.Bargains;
using Pond.Orders;
using Pond.Platform;
using Pond.Products;

namespace Pond.Tests.Bargains;

/// <summary>One thing that happens to an attempt, or is heard of one of its orders, late, double or out of order.</summary>
public sealed record AttemptStep(int What, int Which, int Minutes);

/// <summary>Histories of attempts, as rules.</summary>
[Rule("BRG-04")]
public class AttemptProperties
{
    private const int Cuts = 4;
    private const int Kinds = 6;
    private const int Orders = 3;

    private static readonly string AttemptId = Ids.From("attempt");
    private static readonly DateTimeOffset Deadline = HandClock.Start.AddHours(1);

    private static readonly Gen<AttemptStep[]> AnyHistory = Gen.ArrayOf(
        from what in Gen.Choose(0, Kinds - 1)
        from which in Gen.Choose(1, Orders)
        from minutes in Gen.Choose(0, 6)
        select new AttemptStep(what, which, minutes));

    [Fact, Rule("BRG-05")]
    public void Whatever_comes_in_whatever_order_one_order_at_a_time_has_the_price_and_ends_stay() =>
        Prop.ForAll(AnyHistory.ToArbitrary(), steps =>
        {
            var (rows, now, ended) = (new LayoutRows(), HandClock.Start, new Dictionary<string, AttemptOrderState>());
            var frozenFen = new Dictionary<string, long>();
            rows.Put(AttemptRows.Head, Sample());
            foreach (var (step, index) in steps.Select((step, index) => (step, index)))
            {
                now = now.AddMinutes(step.Minutes);
                var before = rows.State(AttemptRows.Alone(AttemptId)).Attempt!;
                var order = $"order-{step.Which}";
                Take(rows, step, index, order, now);
                var after = rows.State(AttemptRows.Alone(AttemptId)).Attempt!;
                if (!IsSound(before, after, now)) return false;

                var kept = rows.State(AttemptRows.Ordering(AttemptId, order)).Order;
                if (kept is null) continue;
                if (ended.TryGetValue(order, out var end) && kept.State != end) return false;
                if (kept.State is not AttemptOrderState.Kept) ended[order] = kept.State;
                if (kept.PriceFen != frozenFen.GetValueOrDefault(order, kept.PriceFen)) return false;
                if (kept.PriceFen > 0) frozenFen[order] = kept.PriceFen;
            }

            var helps = rows.Under<Help>(AttemptRows.HelpPrefix);
            var last = rows.State(AttemptRows.Alone(AttemptId)).Attempt!;
            return !rows.HasClash && helps.Count == last.CutsMade
                && helps.Sum(help => help.CutFen) == last.Terms.StartFen - last.PriceFen;
        }).CheckThoroughly();

    // No message says both of one order, so a step that would is none.
    private static void Take(LayoutRows rows, AttemptStep step, int index, string order, DateTimeOffset now)
    {
        var ordering = AttemptRows.Ordering(AttemptId, order);
        if (step.What is 0)
        {
            var held = new HelpHeldV1(AttemptId, $"m{index}", $"h{index}", IsNew: index % 2 == 0, [$"m{index}"]);
            rows.Run(
                AttemptRows.Helping(AttemptId, held.Accounts), desk => AttemptRules.Help(desk, held, closed: null, now));
        }
        else if (step.What is 1)
        {
            rows.Run(ordering, desk => AttemptRules.Keep(desk, HoldOf(order, desk.Attempt!.PriceFen), now));
        }
        else if (step.What is 2)
        {
            rows.Run(ordering, desk => AttemptRules.HearOrder(desk, order, DealMove.Cancelled, now));
        }
        else if (step.What is 3 or 4 && rows.State(ordering).Order is not null)
        {
            var move = step.What is 3 ? DealMove.Paid : DealMove.Refunded;
            rows.Run(ordering, desk => AttemptRules.HearOrder(desk, order, move, now));
        }
        else if (step.What is 5)
        {
            rows.Run(AttemptRows.Alone(AttemptId), desk => AttemptRules.Expire(desk, now));
        }
    }

    private static bool IsSound(Attempt before, Attempt after, DateTimeOffset now)
    {
        var hasCut = after.CutsMade > before.CutsMade;
        if (hasCut && (before.State is not AttemptState.Open || now >= Deadline)) return false;
        if (after.CutsMade < before.CutsMade || after.PriceFen < after.Terms.FloorFen) return false;
        if (after.State is AttemptState.FloorReached && after.CutsLeft > 0) return false;
        if (before.State is AttemptState.Done or AttemptState.Expired && after.State != before.State) return false;
        if (before.State is AttemptState.Ordered && after.State is AttemptState.Ordered)
            return before.OrderId == after.OrderId;
        return after.State is AttemptState.Ordered or AttemptState.Done == (after.OrderId is not null);
    }

    private static Attempt Sample()
    {
        var terms = new BargainTerms(
            "tea-1", 4_000, 1_000, Cuts, Hours: 1, 2_000, 5_000, BargainMode.BuyAnyTime, 3, 1, false, false, true, "");
        int[] shares = [2_000, 5_000, 3_000, 4_000];
        return new Attempt(
            AttemptId, "a", "砍到底", "owner", 1, terms, new Allotment("a.tea-1", "tea-1", 1, 1), shares,
            CutPlanRules.Draw(3_000, shares), 0, AttemptState.Open, HandClock.Start, Deadline);
    }

    private static DealHold HoldOf(string order, long priceFen) =>
        new("a", AttemptId, order, "owner", "tea-1", 1, priceFen, Deadline);
}
