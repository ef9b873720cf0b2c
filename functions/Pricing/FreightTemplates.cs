namespace Pond.Pricing;

/// <summary>How sending is charged.</summary>
/// <param name="Version">1, 2, 3 … with every change.</param>
public sealed record FreightTemplate(string Id, FreightTerms Terms, long Version);

/// <param name="Rates">Where no region says otherwise.</param>
/// <param name="Regions">Other rates for some provinces.</param>
/// <param name="ExcludedProvinces">Where nothing is sent.</param>
public sealed record FreightTerms(
    string Name,
    FreightMeasure Measure,
    FreightRates Rates,
    IReadOnlyList<FreightRegion> Regions,
    IReadOnlyList<string> ExcludedProvinces);

/// <summary>What a unit is. Stored by name: never rename one.</summary>
public enum FreightMeasure
{
    /// <summary>A piece.</summary>
    Pieces,

    /// <summary>A gram.</summary>
    Weight,

    /// <summary>A cubic centimetre.</summary>
    Volume,
}

/// <summary>The first units cost so much, and each further part so much more.</summary>
/// <param name="MoreUnits">Of one further part; a part that has begun counts as a whole.</param>
/// <param name="FreeFromFen">Goods of the template at their price from which it is free; null for never.</param>
/// <param name="FreeFromPieces">The same in pieces.</param>
public sealed record FreightRates(
    int FirstUnits, long FirstFen, int MoreUnits, long MoreFen, long? FreeFromFen, int? FreeFromPieces);

/// <param name="ProvinceCodes">Two digits each, GB/T 2260.</param>
public sealed record FreightRegion(IReadOnlyList<string> ProvinceCodes, FreightRates Rates);

/// <summary>Somebody wrote a template.</summary>
/// <param name="Before">Null for a new one.</param>
public sealed record FreightWritten(
    FreightTerms? Before, FreightTemplate Template, string OperatorId, string Reason, DateTimeOffset At);
