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

    /// <summary>The row of a template whose claims end, or once ended, at the instant.</summary>
    public static string RowOf(DateTimeOffset claimUntil, string templateId) => $"{From(claimUntil)}:{templateId}";

    /// <summary>Whether a row is where its template belongs: a draft may have got another end of claims.</summary>
    public static bool IsInPlace(Row row, Template template) =>
        row.Key == RowOf(template.Terms.ClaimUntil, template.Terms.TemplateId);

    public static Layout<Template?, Template> Card(string row) => new(
        Partition,
        row,
        Loads: [],
        Read: rows => rows.Find<Template>(row),
        Write: card => card is null ? [] : [new StateRow(row, card)],
        Evolve: (_, changed) => changed);
}
