namespace Pond.Touches;

/// <summary>What a member has agreed to be sent.</summary>
/// <param name="Silenced">Occasions of which they want to hear nothing, whatever they have agreed to.</param>
public sealed record SubscriptionsResponse(
    IReadOnlyList<SubscriptionsResponse.Item> Items, IReadOnlyList<Occasion> Silenced)
{
    /// <param name="TemplateId">For <c>wx.requestSubscribeMessage</c>.</param>
    /// <param name="Credits">Messages that may be sent.</param>
    /// <param name="ShouldAsk">Whether to ask the next time that something good has happened.</param>
    public sealed record Item(Occasion Occasion, string TemplateId, int Credits, bool ShouldAsk);

    public static SubscriptionsResponse Of(
        TouchBook book, IReadOnlyDictionary<Occasion, MessageTemplate> templates) =>
        new(
            [.. templates.Values.OrderBy(template => template.Occasion).Select(template => ItemOf(book, template))],
            book.Silenced ?? []);

    private static Item ItemOf(TouchBook book, MessageTemplate template)
    {
        var credits = CreditRules.Left(book, template.TemplateId);
        return new Item(template.Occasion, template.TemplateId, credits, ShouldAsk: credits < 1);
    }
}
