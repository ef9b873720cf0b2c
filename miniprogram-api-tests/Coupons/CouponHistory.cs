using FsCheck;
using FsCheck.Fluent;
using Pond.Coupons;
using Pond.Kernel;
using Pond.Platform;

namespace Pond.Tests.Coupons;

public enum StepKind
{
    Claim,
    Lend,
    Receive,
    Pause,
    Publish,
    Wait,
}

/// <param name="One">Which member, shard or lending; taken modulo their number.</param>
/// <param name="Other">The shard that gets slots.</param>
public sealed record CouponStep(StepKind Kind, int One, int Other);

public sealed record CouponPlan(int Stock, int Shards, int PerMember, CouponStep[] Steps);

/// <summary>Draws histories of one template and plays them on the rows of its shards, as the app would.</summary>
internal sealed class CouponHistory
{
    public static readonly DateTimeOffset ClaimFrom = HandClock.Start.AddHours(1);
    public static readonly DateTimeOffset ClaimUntil = HandClock.Start.AddHours(9);

    private const int Members = 12;

    private readonly LayoutRows[] shards;
    private readonly List<SlotsLentV1> onTheWay = [];
    private Template template;
    private int seeds;

    public CouponHistory(CouponPlan plan)
    {
        shards = [.. Enumerable.Range(0, plan.Shards).Select(_ => new LayoutRows())];
        template = Template(plan.Stock, plan.Shards, plan.PerMember);
        Tell();
    }

    public static Arbitrary<CouponPlan> Any =>
        (from shards in Gen.Choose(1, 5)
         from stock in Gen.Choose(shards, 30)
         from perMember in Gen.Choose(1, 3)
         from steps in Gen.Choose(1, 60).SelectMany(count => Step.ArrayOf(count))
         select new CouponPlan(stock, shards, perMember, steps)).ToArbitrary();

    public DateTimeOffset Now { get; private set; } = HandClock.Start;

    public int Stock => template.Stock;

    public int PerMember => template.Terms.PerMember;

    public bool HasClash => shards.Any(rows => rows.HasClash);

    public IReadOnlyList<Shard> Shards =>
        [.. shards.Select((rows, number) => rows.State(ShardRows.Shard("t", number)).Shard!)];

    public IReadOnlyList<Claim> Claims => [.. shards.SelectMany(rows => rows.Under<Claim>("slot"))];

    /// <summary>Where every slot is: free, claimed or on its way.</summary>
    public IEnumerable<int> Slots() => Shards.SelectMany(shard => shard.Free)
        .Concat(onTheWay.SelectMany(lent => lent.Slots))
        .SelectMany(range => Enumerable.Range(range.From, range.Count))
        .Concat(Claims.Select(claim => claim.Slot));

    public static string MemberOf(CouponStep step) => $"member-{step.One % Members}";

    public static Template Template(int stock, int shards, int perMember) => new(
        new CouponTerms(
            "t", "满30减5", new Discount(DiscountKind.AmountOff, 500, null, null), 3_000,
            ClaimFrom, ClaimUntil, 30, perMember),
        TemplateState.Published,
        Version: 1,
        stock,
        shards);

    public Decision<ShardEvent> Claim(CouponStep step)
    {
        var (memberId, seed) = (MemberOf(step), Ids.From($"{seeds++}"));
        var home = ShardRows.HomeOf(memberId, shards.Length);
        return shards[home].Run(ShardRows.Desk("t", home, memberId), desk => ClaimRules.Claim(desk, seed, Now));
    }

    /// <summary>Plays one step; true, as nothing is judged here.</summary>
    public bool Play(CouponStep step)
    {
        switch (step.Kind)
        {
            case StepKind.Claim: Claim(step); break;
            case StepKind.Lend: Lend(step.One % shards.Length, step.Other % shards.Length); break;
            case StepKind.Receive: Receive(step.One); break;
            case StepKind.Pause: Change(TemplateState.Paused); break;
            case StepKind.Publish: Change(TemplateState.Published); break;
            case StepKind.Wait: Now = Now.AddMinutes(step.One); break;
        }

        return true;
    }

    private void Lend(int from, int to)
    {
        if (from == to) return;
        var decision =
            shards[from].Run(ShardRows.Shard("t", from), desk => ClaimRules.LendSlots(desk, $"{seeds++}", to));
        if (decision.Facts is [ShardEvent.SlotsLent lent])
            onTheWay.Add(new SlotsLentV1(lent.LendingId, lent.TemplateId, lent.ToShard, lent.Slots));
    }

    private void Receive(int which)
    {
        if (onTheWay.Count == 0) return;
        var lent = onTheWay[which % onTheWay.Count];
        onTheWay.Remove(lent);
        shards[lent.ToShard].Run(ShardRows.Shard("t", lent.ToShard), desk => ClaimRules.ReceiveSlots(desk, lent));
    }

    private void Change(TemplateState state)
    {
        template = template with { State = state, Version = template.Version + 1 };
        Tell();
    }

    private void Tell()
    {
        for (var shard = 0; shard < shards.Length; shard++)
            shards[shard].Run(ShardRows.Shard("t", shard), desk => ClaimRules.CopyTemplate(desk, template, shard));
    }

    private static Gen<CouponStep> Step =>
        from kind in Gen.Frequency(
            (12, Gen.Constant(StepKind.Claim)), (4, Gen.Constant(StepKind.Lend)), (4, Gen.Constant(StepKind.Receive)),
            (1, Gen.Constant(StepKind.Pause)), (2, Gen.Constant(StepKind.Publish)), (2, Gen.Constant(StepKind.Wait)))
        from one in Gen.Choose(0, 90)
        from other in Gen.Choose(0, 90)
        select new CouponStep(kind, one, other);
}
