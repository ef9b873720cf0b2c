using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>
/// Partition <c>catalogue:coupons</c>: a copy of every template, ordered by the end of its claims, so that
/// shoppers read what is still open and nothing else.
/// </summary>
public static class CatalogueRows
{
    public const string Partition = "catalogue:coupons";
    public const string Prefix = "card";

    /// <summary>Below every card whose claims end at the instant or later.</summary>
    public static string From(DateTimeOffset instant) => $"{Prefix}:{CouponIds.From(instant)}";

    public static Layout<Template?, Template> Card(Template template)
    {
        var head = $"{From(template.Terms.ClaimUntil)}:{template.Terms.TemplateId}";
        return new(
            Partition,
            head,
            Loads: [],
            Read: rows => rows.Find<Template>(head),
            Write: card => card is null ? [] : [new StateRow(head, card)],
            Evolve: (_, changed) => changed);
    }
}
