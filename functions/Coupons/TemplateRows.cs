using System.Diagnostics;
using System.Globalization;
using Pond.Operators;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>
/// Partition <c>c:{templateId}</c>, one row. The shards of its stock have partitions of their own, see
/// <see cref="ShardRows"/>.
/// </summary>
public static class TemplateRows
{
    public const string Head = "template";

    public static string Partition(string templateId) => "c:" + templateId;

    /// <summary>The template, or null when there is none, or the id is none at all.</summary>
    public static async Task<Template?> Find(PartitionStore store, string templateId, CancellationToken cancel) =>
        Ids.IsId(templateId) ? await store.Find<Template>(Partition(templateId), Head, cancel) : null;

    public static Layout<Template?, TemplateEvent> Template(string templateId) => new(
        Partition(templateId),
        Head,
        Loads: [],
        Read: rows => rows.Find<Template>(Head),
        Write: template => template is null ? [] : [new StateRow(Head, template)],
        Evolve: Coupons.Template.Evolve,
        Announce: Announce);

    private static IEnumerable<Message> Announce(TemplateEvent fact)
    {
        var template = fact.Template;
        var formerUntil = (fact as TemplateEvent.Redrafted)?.Before.ClaimUntil;
        yield return CouponMessages.Catalogue(new TemplateChangedV1(template, formerUntil));
        for (var shard = 0; shard < template.Shards; shard++)
            yield return CouponMessages.Shard(new ShardTemplateChangedV1(template, shard));
        if (fact is TemplateEvent.StockRaised { New: var slots })
            foreach (var lent in slots) yield return CouponMessages.Lending(lent);
        if (fact is TemplateEvent.StockLoweringBegun)
            yield return CouponMessages.Stock(new StockLoweringV1(template.Terms.TemplateId));
        else yield return OperatorMessages.Acted(Act(fact, template));
    }

    private static OperatorActedV1 Act(TemplateEvent fact, Template template)
    {
        var (action, reason, before, after) = fact switch
        {
            TemplateEvent.Drafted => ("create", template.Terms.Name, null, ResponseJson.NameOf(template.State)),
            TemplateEvent.StateChanged changed =>
                ("state", "", ResponseJson.NameOf(changed.Before), ResponseJson.NameOf(template.State)),
            TemplateEvent.Redrafted redrafted => ("terms", "", redrafted.Before.Name, template.Terms.Name),
            TemplateEvent.StockRaised raised => ("stock", "", Text(raised.Before), Text(template.Stock)),
            TemplateEvent.StockLowered lowered => ("stock", "", Text(lowered.Before), Text(template.Stock)),
            _ => throw new UnreachableException(),
        };
        return new OperatorActedV1(
            fact.OperatorId, $"coupon_template.{action}", template.Terms.TemplateId, reason, before, after, fact.At);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
