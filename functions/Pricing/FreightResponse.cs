namespace Pond.Pricing;

/// <summary>A freight template as operators see it.</summary>
/// <param name="Version">To be sent back with the next change.</param>
public sealed record FreightResponse(string FreightId, FreightTerms Terms, long Version)
{
    public static FreightResponse Of(FreightTemplate template) => new(template.Id, template.Terms, template.Version);
}
