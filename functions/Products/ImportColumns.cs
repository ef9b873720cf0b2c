namespace Pond.Products;

/// <summary>
/// The columns of a file of products, one variant a row. <c>spuId</c> and <c>skuId</c> must be there, in any order
/// among the others; an empty field leaves what is.
/// </summary>
/// <remarks>
/// <c>imageUrls</c> are separated by <c>|</c>. <c>specs</c> are written <c>颜色=红;尺寸=L</c>. <c>state</c> is
/// <c>draft</c>, <c>onSale</c> or <c>offSale</c>. <c>stock</c> is what is to be on the shelves after the row.
/// </remarks>
public static class ImportColumns
{
    public const string SpuId = "spuId";
    public const string CategoryId = "categoryId";
    public const string Title = "title";
    public const string Description = "description";
    public const string ImageUrls = "imageUrls";
    public const string FreightTemplateId = "freightTemplateId";
    public const string SkuId = "skuId";
    public const string Specs = "specs";
    public const string PriceFen = "priceFen";
    public const string WeightGrams = "weightGrams";
    public const string VolumeCm3 = "volumeCm3";
    public const string PerOrderMax = "perOrderMax";
    public const string StockShards = "stockShards";
    public const string RepurchaseCycleDays = "repurchaseCycleDays";
    public const string PackUnits = "packUnits";
    public const string State = "state";
    public const string Stock = "stock";

    /// <summary>In the order in which rows are stored: only ever append one.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        SpuId, CategoryId, Title, Description, ImageUrls, FreightTemplateId, SkuId, Specs, PriceFen, WeightGrams,
        VolumeCm3, PerOrderMax, StockShards, RepurchaseCycleDays, PackUnits, State, Stock,
    ];

    private static readonly Dictionary<string, int> Places =
        All.Select((name, place) => (name, place)).ToDictionary(each => each.name, each => each.place);

    /// <summary>Whether a file may have this heading.</summary>
    public static bool IsHeading(IReadOnlyList<string> names) =>
        names.All(Places.ContainsKey) && names.Distinct().Count() == names.Count
        && names.Contains(SpuId) && names.Contains(SkuId);

    /// <summary>The fields of a row in our own order.</summary>
    public static IReadOnlyList<string> InOrder(IReadOnlyList<string> heading, IReadOnlyList<string> fields)
    {
        var ordered = new string[All.Count];
        Array.Fill(ordered, "");
        for (var i = 0; i < heading.Count; i++) ordered[Places[heading[i]]] = fields[i];
        return ordered;
    }

    /// <summary>The field of a row, or null when it is empty.</summary>
    public static string? Field(ImportRow row, string name)
    {
        var text = row.Fields.ElementAtOrDefault(Places[name]) ?? "";
        return text.Length == 0 ? null : text;
    }
}
