using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Pond.Activities;
using Pond.FlashSales;
using Pond.Kernel;
using Pond.Platform;
using Pond.Products;

namespace Pond.Tests.FlashSales;

public enum DropStepKind
{
    Claim,
    Lend,
    Receive,
    Keep,
    Order,
    GiveUp,
    FindNoStock,
    Pay,
    Cancel,
}

/// <param name="One">Which taker, claim, shard or message, taken modulo their number.</param>
/// <param name="Other">Which order, or other shard.</param>
public sealed record DropStep(DropStepKind Kind, int One, int Other);

/// <summary>Histories of the slots of a flash sale, with every message late, doubled or out of order.</summary>
internal sealed class DropHistory
{
    private const int Takers = 9;
    private const int OrdersPerClaim = 2;

    private readonly LayoutRows[] shards;
    private readonly List<FlashSlotsLentV1> onTheWay = [];
    private readonly DateTimeOffset now = HandClock.Start;
    private int seeds;

    public DropHistory(int pieces, int shardCount, int perMember)
    {
        Sale = SaleOf(pieces, shardCount, perMember);
        shards = [.. Enumerable.Range(0, shardCount).Select(_ => new LayoutRows())];
    }

    public static Arbitrary<(int Pieces, int Shards, int PerMember, DropStep[] Steps)> Any =>
        (from shards in Gen.Choose(1, 4)
         from pieces in Gen.Choose(shards, 14)
         from perMember in Gen.Choose(1, 3)
         from steps in Gen.Choose(1, 80).SelectMany(count => Step.ArrayOf(count))
         select (pieces, shards, perMember, steps)).ToArbitrary();

    public FlashSale Sale { get; }

    public bool HasClash => shards.Any(rows => rows.HasClash);

    /// <summary>Each claim's states, one after the other.</summary>
    public Dictionary<string, List<SlotClaimState>> Lives { get; } = [];

    public IReadOnlyList<SlotClaim> Claims => [.. shards.SelectMany(rows => rows.Under<SlotClaim>("claim"))];

    public IReadOnlyList<Drop> Drops =>
        [.. shards.Select((rows, number) => rows.State(ShardOf(number)).Drop)];

    /// <summary>Where every slot is: free, on its way, or claimed.</summary>
    public IEnumerable<int> Slots() => Drops.SelectMany(drop => drop.Free)
        .Concat(onTheWay.SelectMany(lent => lent.Slots))
        .SelectMany(range => Enumerable.Range(range.From, range.Count))
        .Concat(Claims.Where(claim => claim.HasSlot).Select(claim => claim.Slot));

    public int RowsOfSlots => shards.Sum(rows => rows.Under<JsonElement>("slot").Count);

    public int TakenIn(string taker) =>
        shards[DropRows.HomeOf(taker, shards.Length)].State(DropRows.Desk(Sale, DropRows.HomeOf(taker, shards.Length), taker)).Taken;

    public static IEnumerable<string> AllTakers => Enumerable.Range(0, Takers).Select(number => $"taker-{number}");

    public void Play(DropStep step)
    {
        switch (step.Kind)
        {
            case DropStepKind.Claim: Claim($"taker-{step.One % Takers}"); break;
            case DropStepKind.Lend: Lend(step.One % shards.Length, step.Other % shards.Length); break;
            case DropStepKind.Receive when onTheWay.Count > 0: Receive(step.One % onTheWay.Count); break;
            case DropStepKind.Keep: Change(step, SlotClaimRules.Keep); break;
            case DropStepKind.Order: Change(step, SlotClaimRules.Order); break;
            case DropStepKind.GiveUp:
                Change(step, (desk, order) => SlotClaimRules.GiveUp(
                    desk, step.One % 2 == 0 ? order : null, FlashSaleRefusals.TooLate, now));
                break;
            case DropStepKind.FindNoStock:
                Change(step, (desk, order) => SlotClaimRules.GiveUp(desk, order, StockRefusals.SoldOut, now));
                break;
            case DropStepKind.Pay: Change(step, SlotClaimRules.Pay); break;
            case DropStepKind.Cancel:
                Change(step, (desk, order) => SlotClaimRules.Cancel(desk, order, now));
                break;
        }

        foreach (var claim in Claims)
        {
            if (!Lives.TryGetValue(claim.Id, out var life)) Lives[claim.Id] = life = [];
            if (life.Count == 0 || life[^1] != claim.State) life.Add(claim.State);
        }
    }

    private void Claim(string taker)
    {
        var home = DropRows.HomeOf(taker, shards.Length);
        var claimId = DropRows.ClaimId(Sale.Id, home, Ids.From($"{seeds++}"));
        shards[home].Run(
            DropRows.Desk(Sale, home, taker),
            desk => SlotClaimRules.Claim(desk, Sale, new SlotWish(claimId, "m", taker, null, null), home, now));
    }

    private void Lend(int from, int to)
    {
        if (from == to) return;
        var lending = shards[from].Run(ShardOf(from), desk => DropRules.Lend(desk, Sale, $"{seeds++}", to));
        if (lending.Facts is [DropEvent.SlotsLent lent]) onTheWay.Add(lent.Lending);
    }

    private void Receive(int which)
    {
        var lent = onTheWay[which];
        onTheWay.RemoveAt(which);
        shards[lent.ToShard].Run(ShardOf(lent.ToShard), _ => DropRules.Receive(lent));
    }

    private void Change(DropStep step, Func<DropDesk, string, Decision<DropEvent>> decide)
    {
        if (Claims.Count == 0) return;
        var claim = Claims[step.One % Claims.Count];
        shards[claim.Shard].Run(
            DropRows.Of(claim), desk => decide(desk, $"{claim.Id}.{step.Other % OrdersPerClaim}"));
    }

    private Layout<DropDesk, DropEvent> ShardOf(int number) =>
        DropRows.Shard(Sale.Id, number, Sale.Pieces, Sale.Shards);

    private static FlashSale SaleOf(int pieces, int shards, int perMember) => FlashSale.Of(new Activity(
        Ids.From("sale"),
        ActivityKind.FlashSale,
        new ActivityPlan(
            "秒杀", HandClock.Start, HandClock.Start.AddHours(1), [new ActivityGoods("sku", pieces, shards)],
            FlashSalePlanRules.AftermathOf(5)),
        Stored.Element(new FlashSaleTerms("sku", 990, perMember, PayMinutes: 5)),
        ActivityState.Published,
        Version: 1));

    private static Gen<DropStep> Step =>
        from kind in Gen.Frequency(
            (8, Gen.Constant(DropStepKind.Claim)), (3, Gen.Constant(DropStepKind.Lend)),
            (4, Gen.Constant(DropStepKind.Receive)), (5, Gen.Constant(DropStepKind.Keep)),
            (5, Gen.Constant(DropStepKind.Order)), (3, Gen.Constant(DropStepKind.GiveUp)),
            (2, Gen.Constant(DropStepKind.FindNoStock)), (2, Gen.Constant(DropStepKind.Pay)),
            (4, Gen.Constant(DropStepKind.Cancel)))
        from one in Gen.Choose(0, 90)
        from other in Gen.Choose(0, 90)
        select new DropStep(kind, one, other);
}
