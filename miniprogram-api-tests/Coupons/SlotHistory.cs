using FsCheck;
using FsCheck.Fluent;
using Pond.Coupons;
using Pond.Kernel;
using Pond.Platform;

namespace Pond.Tests.Coupons;

public enum SlotStepKind
{
    Claim,
    Lend,
    Receive,
    Order,
    GoOn,
    TypeCode,
    ClaimHeld,
    Settle,
    CountEnd,
    Revoke,
    ChangeStock,
    Pause,
    Publish,
}

/// <param name="One">Which member, shard, batch, code or message, taken modulo their number; or a stock.</param>
public sealed record SlotStep(SlotStepKind Kind, int One, int Other);

/// <summary>
/// Histories of a stock with claims, lendings, batches of codes and changes of its size, with every message late.
/// </summary>
internal sealed class SlotHistory
{
    private const int Members = 12;

    private readonly LayoutRows[] shards;
    private readonly LayoutRows template = new();
    private readonly Dictionary<string, LayoutRows> codes = [];
    private readonly List<string> batchIds = [];
    private readonly List<SlotsLentV1> onTheWay = [];
    private readonly List<CodeHeldV1> held = [];
    private readonly List<CodeSettledV1> settled = [];
    private readonly List<CodeEndedV1> ended = [];
    private readonly DateTimeOffset now = CouponHistory.ClaimFrom;
    private int seeds;

    public SlotHistory(int stock, int shardCount, int perMember)
    {
        shards = [.. Enumerable.Range(0, shardCount).Select(_ => new LayoutRows())];
        template.Put(TemplateRows.Head, CouponHistory.Template(stock, shardCount, perMember));
        Tell();
    }

    public static Arbitrary<(int Stock, int Shards, int PerMember, SlotStep[] Steps)> Any =>
        (from shards in Gen.Choose(1, 4)
         from stock in Gen.Choose(shards, 30)
         from perMember in Gen.Choose(1, 3)
         from steps in Gen.Choose(1, 80).SelectMany(count => Step.ArrayOf(count))
         select (stock, shards, perMember, steps)).ToArbitrary();

    public Template Template => template.State(TemplateRows.Template("t"))!;

    public bool HasClash => shards.Concat(codes.Values).Append(template).Any(rows => rows.HasClash);

    public IReadOnlyList<Claim> Claims => [.. shards.SelectMany(rows => rows.Under<Claim>("slot"))];

    public IReadOnlyList<Code> Codes => [.. codes.Select(code => code.Value.State(CodeRows.Code(code.Key))!)];

    public IReadOnlyList<CodeBatch> Batches => [.. batchIds.Select(BatchOf)];

    /// <summary>Where every slot is: free, on its way, claimed, a code's, or a batch's that makes codes.</summary>
    public IEnumerable<int> Slots() => Shards.SelectMany(shard => shard.Free)
        .Concat(onTheWay.SelectMany(lent => lent.Slots))
        .SelectMany(range => Enumerable.Range(range.From, range.Count))
        .Concat(Claims.Select(claim => claim.Slot))
        .Concat(Codes.Where(IsUnclaimed).Select(code => code.Slot))
        .Concat(Batches.SelectMany(batch => Enumerable.Range(batch.MadeUntil, batch.SlotCount - batch.MadeUntil)
            .Select(place => SlotRanges.At(batch.Slots, place))));

    /// <summary>A code has its slot until it is claimed, and a revoked one until the batch hears of it.</summary>
    private bool IsUnclaimed(Code code) => code.State switch
    {
        CodeState.Free => true,
        CodeState.Held => Claims.All(claim => claim.Slot != code.Slot),
        CodeState.Revoked => ended.Any(end => end.Slot == code.Slot && !end.IsRedeemed),
        _ => false,
    };

    private IReadOnlyList<Shard> Shards =>
        [.. shards.Select((rows, number) => rows.State(ShardRows.Shard("t", number)).Shard!)];

    public void Play(SlotStep step)
    {
        switch (step.Kind)
        {
            case SlotStepKind.Claim: Claim($"member-{step.One % Members}"); break;
            case SlotStepKind.Lend: Lend(step.One % shards.Length, step.Other % shards.Length); break;
            case SlotStepKind.Receive: Take(onTheWay, step.One, Receive); break;
            case SlotStepKind.Order: Order(1 + (step.One % 9)); break;
            case SlotStepKind.GoOn when batchIds.Count > 0: GoOn(BatchOf(batchIds[step.One % batchIds.Count])); break;
            case SlotStepKind.TypeCode when codes.Count > 0:
                TypeCode(codes.Keys.ElementAt(step.One % codes.Count), $"member-{step.Other % Members}");
                break;
            case SlotStepKind.ClaimHeld: Take(held, step.One, ClaimHeld); break;
            case SlotStepKind.Settle: Take(settled, step.One, Settle); break;
            case SlotStepKind.CountEnd: Take(ended, step.One, CountEnd); break;
            case SlotStepKind.Revoke when batchIds.Count > 0: Revoke(batchIds[step.One % batchIds.Count]); break;
            case SlotStepKind.ChangeStock: ChangeStock(step.One % 45); break;
            case SlotStepKind.Pause: Change(TemplateState.Paused); break;
            case SlotStepKind.Publish: Change(TemplateState.Published); break;
        }
    }

    private CodeBatch BatchOf(string id) => template.State(CodeBatchRows.Batch("t", id))!;

    private static void Take<T>(List<T> messages, int which, Action<T> handle)
    {
        if (messages.Count == 0) return;
        var message = messages[which % messages.Count];
        messages.Remove(message);
        handle(message);
    }

    private void Claim(string memberId)
    {
        var home = ShardRows.HomeOf(memberId, shards.Length);
        shards[home].Run(
            ShardRows.Desk("t", home, memberId), desk => ClaimRules.Claim(desk, Ids.From($"{seeds++}"), now));
    }

    private void Lend(int from, int to)
    {
        if (from == to) return;
        var lending = shards[from].Run(
            ShardRows.Shard("t", from), desk => ClaimRules.LendSlots(desk, $"{seeds++}", to));
        if (lending.Facts is [ShardEvent.SlotsLent lent])
            onTheWay.Add(new SlotsLentV1(lent.LendingId, lent.TemplateId, lent.ToShard, lent.Slots));
    }

    private void Receive(SlotsLentV1 lent) => shards[lent.ToShard].Run(
        ShardRows.Shard("t", lent.ToShard), desk => ClaimRules.ReceiveSlots(desk, lent));

    private void Order(int count)
    {
        var (batchId, freeCount) = ($"batch-{seeds++}", Shards.Sum(shard => shard.FreeCount));
        var order = template.Run(
            CodeBatchRows.Order("t", batchId),
            state => CodeBatchRules.Order(state.Template, batchId, count, "海报", freeCount, "o", now));
        if (order.Facts.Count > 0) batchIds.Add(batchId);
    }

    private void GoOn(CodeBatch batch)
    {
        CodeBatchEvent? step = batch.State switch
        {
            CodeBatchState.Making when batch.LacksSlots => Ask(batch),
            CodeBatchState.Making => Make(batch),
            CodeBatchState.Revoking => RevokeEach(batch),
            _ => null,
        };
        if (step is null) return;
        for (var twice = 0; twice < 2; twice++)
        {
            var done = template.Run(
                CodeBatchRows.Batch("t", batch.Id), current => CodeBatchRules.GoOn(current, step));
            if (done.Facts is [CodeBatchEvent.CodesRevoked { Back: { } back }]) onTheWay.Add(back);
        }
    }

    private CodeBatchEvent.SlotsGot Ask(CodeBatch batch)
    {
        var aside = shards[batch.AskedShards].Run(
            ShardRows.Shard("t", batch.AskedShards),
            desk => ClaimRules.SetAside(desk, batch.RequestedCount - batch.SlotCount));
        return new(batch.AskedShards, ((ShardEvent.SlotsSetAside)aside.Facts.Single()).Slots);
    }

    private CodeBatchEvent.CodesMade Make(CodeBatch batch)
    {
        for (var number = batch.MadeUntil; number < batch.SlotCount; number++)
        {
            var rows = codes[$"{batch.Id}-{number}"] = new LayoutRows();
            var slot = SlotRanges.At(batch.Slots, number);
            rows.Put(CodeRows.Head, new Code(batch.Id, "t", shards.Length, number, slot, CodeState.Free));
        }

        return new(batch.MadeUntil, batch.SlotCount, [], null);
    }

    private CodeBatchEvent.CodesRevoked RevokeEach(CodeBatch batch)
    {
        var revoked = Enumerable.Range(0, batch.MadeUntil)
            .SelectMany(number => codes[$"{batch.Id}-{number}"].Run(CodeRows.Code(""), CodeRules.Revoke).Facts)
            .OfType<CodeEvent.Revoked>().Select(fact => fact.Slot).ToList();
        return new(0, batch.MadeUntil, revoked.Count, CodeBatchRules.BackTo(batch, "revoked", 0, revoked));
    }

    private void TypeCode(string key, string memberId)
    {
        var typed = codes[key].Run(
            CodeRows.Code(key), code => CodeRules.Hold(code, key, $"hold-{seeds++}", memberId, now));
        if (typed.Facts is [CodeEvent.Held hold]) held.Add(hold.Hold);
    }

    private void ClaimHeld(CodeHeldV1 hold)
    {
        var home = ShardRows.HomeOf(hold.MemberId, shards.Length);
        var claim = shards[home].Run(
            ShardRows.Desk("t", home, hold.MemberId),
            desk => ClaimRules.ClaimByCode(desk, hold, Ids.From($"{seeds++}"), now));
        settled.Add(new CodeSettledV1(hold.CodeKey, hold.HoldId, claim.Facts is [ShardEvent.CodeClaimed]));
    }

    private void Settle(CodeSettledV1 end)
    {
        for (var twice = 0; twice < 2; twice++)
        {
            var facts = codes[end.CodeKey].Run(CodeRows.Code(end.CodeKey), code => CodeRules.Settle(code, end)).Facts;
            ended.AddRange(facts.OfType<CodeEvent.Redeemed>().Select(fact => fact.End));
            ended.AddRange(facts.OfType<CodeEvent.Revoked>().Select(fact => fact.End!));
        }
    }

    private void CountEnd(CodeEndedV1 end)
    {
        var counted = template.Run(
            CodeBatchRows.Batch("t", end.BatchId), batch => CodeBatchRules.CountEnd(batch, end));
        if (counted.Facts is [CodeBatchEvent.CodeRevokedLate late]) onTheWay.Add(late.Back);
    }

    private void Revoke(string batchId) => template.Run(
        CodeBatchRows.Batch("t", batchId), batch => CodeBatchRules.Revoke(batch, "o", "印错", now));

    private void ChangeStock(int stock)
    {
        var (changeId, freeCount) = ($"change-{seeds++}", Shards.Sum(shard => shard.FreeCount));
        var facts = template.Run(
            TemplateRows.Template("t"), one => StockRules.Change(one, stock, freeCount, changeId, "o", now)).Facts;
        onTheWay.AddRange(facts.OfType<TemplateEvent.StockRaised>().SelectMany(raised => raised.New));
        if (facts is [TemplateEvent.StockLoweringBegun begun]) Lower(begun.Template.Lowering!);
        Tell();
    }

    private void Lower(StockLowering lowering)
    {
        var taken = 0;
        for (var shard = 0; shard < shards.Length && taken < lowering.Wanted; shard++)
        {
            var aside = shards[shard].Run(
                ShardRows.Shard("t", shard), desk => ClaimRules.SetAside(desk, lowering.Wanted - taken));
            taken += SlotRanges.CountOf(((ShardEvent.SlotsSetAside)aside.Facts.Single()).Slots);
        }

        for (var twice = 0; twice < 2; twice++)
            template.Run(TemplateRows.Template("t"), one => StockRules.Finish(one, lowering.Id, taken, now));
    }

    private void Change(TemplateState state)
    {
        template.Run(TemplateRows.Template("t"), one => TemplateRules.ChangeState(one, state, "o", now));
        Tell();
    }

    private void Tell()
    {
        for (var shard = 0; shard < shards.Length; shard++)
        {
            var number = shard;
            shards[shard].Run(
                ShardRows.Shard("t", number), desk => ClaimRules.CopyTemplate(desk, Template, number));
        }
    }

    private static Gen<SlotStep> Step =>
        from kind in Gen.Frequency(
            (6, Gen.Constant(SlotStepKind.Claim)), (3, Gen.Constant(SlotStepKind.Lend)),
            (5, Gen.Constant(SlotStepKind.Receive)), (3, Gen.Constant(SlotStepKind.Order)),
            (10, Gen.Constant(SlotStepKind.GoOn)), (9, Gen.Constant(SlotStepKind.TypeCode)),
            (7, Gen.Constant(SlotStepKind.ClaimHeld)), (6, Gen.Constant(SlotStepKind.Settle)),
            (5, Gen.Constant(SlotStepKind.CountEnd)), (2, Gen.Constant(SlotStepKind.Revoke)),
            (3, Gen.Constant(SlotStepKind.ChangeStock)), (1, Gen.Constant(SlotStepKind.Pause)),
            (2, Gen.Constant(SlotStepKind.Publish)))
        from one in Gen.Choose(0, 90)
        from other in Gen.Choose(0, 90)
        select new SlotStep(kind, one, other);
}
