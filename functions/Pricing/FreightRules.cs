using System.Diagnostics;
using Pond.Kernel;
using Pond.Products;

namespace Pond.Pricing;

/// <summary>What sending a cart costs. Pure.</summary>
public static class FreightRules
{
    /// <summary>Regions of one template.</summary>
    public const int RegionsMax = 20;

    /// <summary>Provinces of one list: there are 34.</summary>
    public const int ProvincesMax = 34;

    public const int UnitsMax = 1_000_000;
    public const long FenMax = 1_000_000;

    /// <summary>Writes a template, new or in place of the version that the operator has seen.</summary>
    public static Decision<FreightWritten> Write(
        FreightTemplate? before, FreightTemplate after, string operatorId, string reason, DateTimeOffset now)
    {
        if (before is null && after.Version > 0) return FreightRefusals.Missing;
        if (before is not null && after.Version == 0) return FreightRefusals.Taken;
        if (before is not null && before.Version != after.Version) return FreightRefusals.VersionPassed;
        string[] provinces =
            [.. after.Terms.Regions.SelectMany(region => region.ProvinceCodes), .. after.Terms.ExcludedProvinces];
        if (provinces.Distinct(StringComparer.Ordinal).Count() < provinces.Length) return FreightRefusals.BadRegions;

        return new FreightWritten(
            before?.Terms, after with { Version = after.Version + 1 }, operatorId, reason, now);
    }

    /// <summary>Why a cart cannot be sent there, or null.</summary>
    public static Refusal? WhyNot(PricingInput input)
    {
        string[] ids = [.. input.Lines.Select(line => line.Sku.FreightTemplateId).OfType<string>()];
        if (ids.Length > 0 && input.ProvinceCode is null) return PricingRefusals.AddressNeeded;
        if (!ids.All(input.Freight.ContainsKey)) return PricingRefusals.FreightMissing;
        return ids.Any(id => input.Freight[id].Terms.ExcludedProvinces.Contains(input.ProvinceCode))
            ? PricingRefusals.NotDelivered
            : null;
    }

    /// <summary>What sending these lines costs; each template is reckoned by itself.</summary>
    /// <param name="lines">At their price: what comes off later does not make sending dearer.</param>
    public static long Of(PricingInput input, IEnumerable<PricedLine> lines) => lines
        .Select(line => (Priced: line, input.Lines[line.Number - 1].Sku))
        .Where(line => line.Sku.FreightTemplateId is not null)
        .GroupBy(line => line.Sku.FreightTemplateId!, StringComparer.Ordinal)
        .Sum(group => Of(input.Freight[group.Key].Terms, input.ProvinceCode, [.. group]));

    /// <summary>What it costs less when some lines are sent for nothing: never less than nothing.</summary>
    public static long Off(PricingInput input, IReadOnlyList<PricedLine> lines, IReadOnlyCollection<int> freeNumbers) =>
        Math.Max(0, Of(input, lines) - Of(input, lines.Where(line => !freeNumbers.Contains(line.Number))));

    private static long Of(FreightTerms terms, string? province, IReadOnlyList<(PricedLine Priced, Sku Sku)> lines)
    {
        var rates = terms.Regions.FirstOrDefault(region => region.ProvinceCodes.Contains(province))?.Rates
            ?? terms.Rates;
        var pieces = lines.Sum(line => (long)line.Priced.Quantity);
        if (lines.Sum(line => line.Priced.PriceFen * line.Priced.Quantity) >= rates.FreeFromFen) return 0;
        if (pieces >= rates.FreeFromPieces) return 0;

        var units = lines.Sum(line => line.Priced.Quantity * UnitsOf(terms.Measure, line.Sku));
        var more = Math.Max(0, units - rates.FirstUnits);
        return rates.FirstFen + ((more + rates.MoreUnits - 1) / rates.MoreUnits * rates.MoreFen);
    }

    private static long UnitsOf(FreightMeasure measure, Sku sku) => measure switch
    {
        FreightMeasure.Pieces => 1,
        FreightMeasure.Weight => sku.WeightGrams,
        FreightMeasure.Volume => sku.VolumeCm3,
        _ => throw new UnreachableException(),
    };
}
