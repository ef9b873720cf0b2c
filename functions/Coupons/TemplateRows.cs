using System.Diagnostics;
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
        yield return CouponMessages.Catalogue(new TemplateChangedV1(template));
        for (var shard = 0; shard < template.Shards; shard++)
            yield return CouponMessages.Shard(new ShardTemplateChangedV1(template, shard));
        yield return OperatorMessages.Acted(fact switch
        {
            TemplateEvent.Drafted => new OperatorActedV1(
                fact.OperatorId, "coupon_template.create", template.Terms.TemplateId, template.Terms.Name, null,
                ResponseJson.NameOf(template.State), fact.At),
            TemplateEvent.StateChanged changed => new OperatorActedV1(
                fact.OperatorId, "coupon_template.state", template.Terms.TemplateId, "",
                ResponseJson.NameOf(changed.Before), ResponseJson.NameOf(template.State), fact.At),
            _ => throw new UnreachableException(),
        });
    }
}
