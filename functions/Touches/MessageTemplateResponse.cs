namespace Pond.Touches;

/// <summary>The template of an occasion as operators see it.</summary>
/// <param name="Version">To send along with a change; 0 while nobody has set one.</param>
/// <param name="TemplateId">WeChat's; none while the occasion is told to nobody.</param>
public sealed record MessageTemplateResponse(
    Occasion Occasion, int Version, string? TemplateId, IReadOnlyList<TemplateField> Fields)
{
    public static MessageTemplateResponse Of(MessageTemplate template) => new(
        template.Occasion, template.Version, template.IsSet ? template.TemplateId : null, template.Fields);
}

/// <summary>Reads the names of occasions in routes.</summary>
public static class OccasionNames
{
    /// <summary>The occasion, such as <c>orderUnpaid</c>, or null when there is none of this name.</summary>
    public static Occasion? Parse(string text) => Enum.GetValues<Occasion>()
        .Select(occasion => (Occasion?)occasion)
        .FirstOrDefault(occasion => text.Equals(occasion.ToString(), StringComparison.OrdinalIgnoreCase));
}
