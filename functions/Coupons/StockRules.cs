using Pond.Kernel;

namespace Pond.Coupons;

/// <summary>CPN-04: marketing raises or lowers a stock, and what is claimed stays claimed. Pure.</summary>
public static class StockRules
{
    /// <summary>Numbers that slots can have, those of slots that are gone included.</summary>
    public const int SlotsEverMax = 9_999_999;

    /// <summary>
    /// Raised, the stock gets new slots at once. Lowered, it loses free slots, and where claims are faster it keeps
    /// what they took.
    /// </summary>
    /// <param name="freeCount">Slots that were free a moment ago.</param>
    /// <param name="changeId">Names this change.</param>
    public static Decision<TemplateEvent> Change(
        Template? template, int stock, int freeCount, string changeId, string operatorId, DateTimeOffset now)
    {
        if (template is null) return CouponRefusals.TemplateMissing;
        if (template.State is TemplateState.Ended or TemplateState.Archived) return CouponRefusals.NoSuchEdge;
        if (template.Lowering is not null) return CouponRefusals.StockBusy;
        if (stock == template.Stock) return Decision<TemplateEvent>.Nothing;
        if (stock > template.Stock) return Raise(template, stock - template.Stock, changeId, operatorId, now);
        if (template.Stock - stock > freeCount) return CouponRefusals.StockClaimed;

        var lowering = new StockLowering(changeId, template.Stock - stock, operatorId);
        return new TemplateEvent.StockLoweringBegun(
            template with { Lowering = lowering, Version = template.Version + 1 }, operatorId, now);
    }

    /// <summary>The shards have let go of slots; told again, or of another lowering, it changes nothing.</summary>
    public static Decision<TemplateEvent> Finish(
        Template? template, string changeId, int taken, DateTimeOffset now)
    {
        if (template?.Lowering is not { } lowering || lowering.Id != changeId) return Decision<TemplateEvent>.Nothing;

        var lowered = Changed(template, template.Stock - taken) with { Lowering = null };
        return new TemplateEvent.StockLowered(template.Stock, lowered, lowering.OperatorId, now);
    }

    private static Decision<TemplateEvent> Raise(
        Template template, int count, string changeId, string operatorId, DateTimeOffset now)
    {
        var first = template.SlotsEver ?? template.Stock;
        if (first + count > SlotsEverMax) return CouponRefusals.SlotsUsedUp;

        var raised = Changed(template, template.Stock + count) with { SlotsEver = first + count };
        SlotsLentV1[] slots =
        [
            .. from shard in Enumerable.Range(0, template.Shards)
               let share = SlotRanges.ShareOf(shard, template.Shards, count)
               where share.Count > 0
               select new SlotsLentV1(
                   $"{changeId}:{shard}", template.Terms.TemplateId, shard,
                   [new SlotRange(first + share.From, first + share.Until)], AreFromNoShard: true),
        ];
        return new TemplateEvent.StockRaised(template.Stock, slots, raised, operatorId, now);
    }

    private static Template Changed(Template template, int stock) => template with
    {
        Stock = stock,
        Version = template.Version + 1,
        OpeningStock = template.OpeningStock ?? template.Stock,
        SlotsEver = template.SlotsEver ?? template.Stock,
    };
}
