using System.ComponentModel.DataAnnotations;
using Pond.Platform.Http;

namespace Pond.Pricing;

/// <summary>A freight template as operators write it.</summary>
public record FreightRequest
{
    [Text(1, 40)]
    public required string Name { get; init; }

    /// <summary>What a unit is: a piece, a gram or a cubic centimetre.</summary>
    public required FreightMeasure Measure { get; init; }

    /// <summary>Where no region says otherwise.</summary>
    [Inner]
    public required RatesBody Rates { get; init; }

    [Items(0, FreightRules.RegionsMax)]
    public IReadOnlyList<RegionBody> Regions { get; init; } = [];

    /// <summary>Where nothing is sent: two digits each, GB/T 2260.</summary>
    [Provinces(0)]
    public IReadOnlyList<string> ExcludedProvinces { get; init; } = [];

    /// <summary>Why; it stands in the audit.</summary>
    [Text(2, 200)]
    public required string Reason { get; init; }

    public FreightTerms Terms() => new(
        Name, Measure, Rates.ToRates(), [.. Regions.Select(region => region.ToRegion())], ExcludedProvinces);
}

/// <summary>Rates, as operators write them.</summary>
public sealed record RatesBody
{
    [Whole(1, FreightRules.UnitsMax)]
    public required int FirstUnits { get; init; }

    [Whole(0, FreightRules.FenMax)]
    public required long FirstFen { get; init; }

    [Whole(1, FreightRules.UnitsMax)]
    public required int MoreUnits { get; init; }

    [Whole(0, FreightRules.FenMax)]
    public required long MoreFen { get; init; }

    /// <summary>Goods of the template at their price from which it is free.</summary>
    [Whole(1, PromotionRules.FenMax)]
    public long? FreeFromFen { get; init; }

    /// <summary>The same in pieces.</summary>
    [Whole(1, PromotionRules.PiecesMax)]
    public int? FreeFromPieces { get; init; }

    public FreightRates ToRates() => new(FirstUnits, FirstFen, MoreUnits, MoreFen, FreeFromFen, FreeFromPieces);
}

/// <summary>Rates of some provinces, as operators write them.</summary>
public sealed record RegionBody
{
    [Provinces(1)]
    public required IReadOnlyList<string> ProvinceCodes { get; init; }

    [Inner]
    public required RatesBody Rates { get; init; }

    public FreightRegion ToRegion() => new(ProvinceCodes, Rates.ToRates());
}

/// <summary>Codes of provinces: two digits each.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ProvincesAttribute : LengthAttribute
{
    private const int CodeChars = 2;

    public ProvincesAttribute(int countMin)
        : base(countMin, FreightRules.ProvincesMax) =>
        ErrorMessage = "须为两位数字的省级行政区划代码";

    public override bool IsValid(object? value) => value is null
        || (base.IsValid(value) && ((IEnumerable<string?>)value).All(
            code => code?.Length == CodeChars && code.All(char.IsAsciiDigit)));
}
