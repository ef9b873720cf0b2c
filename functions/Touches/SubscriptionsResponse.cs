namespace Pond.Touches;

/// <summary>What a member has agreed to be sent.</summary>
public sealed record SubscriptionsResponse(IReadOnlyList<SubscriptionsResponse.Item> Items)
{
    /// <param name="TemplateId">For <c>wx.requestSubscribeMessage</c>.</param>
    /// <param name="Credits">Messages that may be sent.</param>
    /// <param name="ShouldAsk">Whether to ask the next time that something good has happened.</param>
    public sealed record Item(Occasion Occasion, string TemplateId, int Credits, bool ShouldAsk);

    public static SubscriptionsResponse Of(
        TouchBook book, IReadOnlyDictionary<Occasion, MessageTemplate> templates) =>
        new([.. templates.Values.OrderBy(template => template.Occasion).Select(template => ItemOf(book, template))]);

    private static Item ItemOf(TouchBook book, MessageTemplate template)
    {
        var credits = CreditRules.Left(book, template.TemplateId);
        return new Item(template.Occasion, template.TemplateId, credits, ShouldAsk: credits < 1);
    }
}
