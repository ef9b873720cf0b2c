using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Pond.Platform.Http;

namespace Pond.Products;

/// <summary>What a row says; null leaves what is.</summary>
public sealed record ImportLine
{
    [GoodsId, Required(ErrorMessage = "不能为空")]
    public string? SpuId { get; init; }

    [GoodsId]
    public string? CategoryId { get; init; }

    [Text(1, ProductRules.TitleCharsMax)]
    public string? Title { get; init; }

    [Text(1, ProductRules.DescriptionCharsMax)]
    public string? Description { get; init; }

    [ImageUrls]
    public IReadOnlyList<string>? ImageUrls { get; init; }

    [GoodsId]
    public string? FreightTemplateId { get; init; }

    [GoodsId, Required(ErrorMessage = "不能为空")]
    public string? SkuId { get; init; }

    [Inner]
    public SpecsOfLine? Specs { get; init; }

    [Whole(1, ProductRules.PriceFenMax)]
    public long? PriceFen { get; init; }

    [Whole(0, ProductRules.WeightGramsMax)]
    public long? WeightGrams { get; init; }

    [Whole(0, ProductRules.VolumeCm3Max)]
    public long? VolumeCm3 { get; init; }

    [Whole(1, ProductRules.PerOrderMax)]
    public long? PerOrderMax { get; init; }

    [Whole(1, ProductRules.ShardsMax)]
    public long? StockShards { get; init; }

    [Whole(1, ProductRules.CycleDaysMax)]
    public long? RepurchaseCycleDays { get; init; }

    [Whole(1, ProductRules.PackUnitsMax)]
    public long? PackUnits { get; init; }

    public ProductState? State { get; init; }

    [Whole(0, StockLedgerRules.AdjustmentMax)]
    public long? Stock { get; init; }
}

/// <summary>The properties of a row.</summary>
public sealed record SpecsOfLine
{
    [Items(1, ProductRules.SpecsMax)]
    public required IReadOnlyList<SpecRequest> Specs { get; init; }
}

/// <summary>Reads rows as they are stored. Pure.</summary>
public static class ImportLines
{
    private const long NoNumber = -1; // below every bound

    /// <summary>The row's line, or what is wrong with it.</summary>
    public static (ImportLine? Line, string? WhyNot) Read(ImportRow row)
    {
        var state = ImportColumns.Field(row, ImportColumns.State);
        var states = Enum.GetValues<ProductState>().Where(each => ResponseJson.NameOf(each) == state).ToArray();
        if (state is not null && states is []) return (null, $"{ImportColumns.State}：须为 draft、onSale 或 offSale");

        var line = new ImportLine
        {
            SpuId = ImportColumns.Field(row, ImportColumns.SpuId),
            CategoryId = ImportColumns.Field(row, ImportColumns.CategoryId),
            Title = ImportColumns.Field(row, ImportColumns.Title),
            Description = ImportColumns.Field(row, ImportColumns.Description),
            ImageUrls = ImportColumns.Field(row, ImportColumns.ImageUrls)?.Split('|'),
            FreightTemplateId = ImportColumns.Field(row, ImportColumns.FreightTemplateId),
            SkuId = ImportColumns.Field(row, ImportColumns.SkuId),
            Specs = SpecsOf(ImportColumns.Field(row, ImportColumns.Specs)),
            PriceFen = Number(row, ImportColumns.PriceFen),
            WeightGrams = Number(row, ImportColumns.WeightGrams),
            VolumeCm3 = Number(row, ImportColumns.VolumeCm3),
            PerOrderMax = Number(row, ImportColumns.PerOrderMax),
            StockShards = Number(row, ImportColumns.StockShards),
            RepurchaseCycleDays = Number(row, ImportColumns.RepurchaseCycleDays),
            PackUnits = Number(row, ImportColumns.PackUnits),
            State = states is [var known] ? known : null,
            Stock = Number(row, ImportColumns.Stock),
        };
        var wrong = new List<ValidationResult>();
        return Validator.TryValidateObject(line, new ValidationContext(line), wrong, validateAllProperties: true)
            ? (line, null)
            : (null, string.Join("；", wrong.Select(Text)));
    }

    private static string Text(ValidationResult wrong) =>
        $"{JsonNamingPolicy.CamelCase.ConvertName(wrong.MemberNames.First())}：{wrong.ErrorMessage}";

    private static long? Number(ImportRow row, string name)
    {
        if (ImportColumns.Field(row, name) is not { } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : NoNumber;
    }

    // What has no "=" gets an empty value, which is refused.
    private static SpecsOfLine? SpecsOf(string? text) => text is null ? null : new SpecsOfLine
    {
        Specs =
        [
            .. text.Split(';').Select(each => each.Split('=', 2))
                .Select(parts => new SpecRequest { Property = parts[0], Value = parts.ElementAtOrDefault(1) ?? "" }),
        ],
    };
}
