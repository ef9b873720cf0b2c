using Pond.Kernel;
using Pond.Members;

namespace Pond.Pricing;

/// <summary>D30, D31: uses of limited promotions, by orders. Pure.</summary>
/// <remarks>The row of an order says for good what became of it, so neither call counts twice.</remarks>
public static class UseRules
{
    /// <summary>An order takes a use of a promotion that is limited over all members.</summary>
    public static Decision<UseEvent> Reserve(UseCounter counter, string orderId, UseWish wish)
    {
        if (counter.Order is { } order) return Again(order);
        if (counter.Total.Uses >= wish.Limits.UsesMax) return PromotionRefusals.UsesUp;
        if (counter.Total.SpentFen + wish.Use.SavedFen > wish.Limits.BudgetFen) return PromotionRefusals.BudgetSpent;

        return new UseEvent.Reserved(new OrderUse(orderId, [wish.Use], IsReleased: false));
    }

    /// <summary>An order takes uses of promotions that are limited for each member: all or none.</summary>
    public static Decision<UseEvent> Reserve(MemberUses uses, string orderId, IReadOnlyList<UseWish> wishes)
    {
        if (MemberStanding.WhyNot(uses.Member) is { } why) return why;
        if (uses.Order is { } order) return Again(order);
        if (wishes.Any(wish => uses.CountOf(wish.Use.PromotionId) >= wish.Limits.UsesPerMemberMax))
            return PromotionRefusals.MemberLimit;

        return new UseEvent.Reserved(new OrderUse(orderId, [.. wishes.Select(wish => wish.Use)], IsReleased: false));
    }

    /// <summary>An order gives back what it holds; one that holds nothing will never get anything.</summary>
    public static Decision<UseEvent> Release(OrderUse? order, string orderId) => order switch
    {
        { IsReleased: true } => Decision<UseEvent>.Nothing,
        null => new UseEvent.Released([], new OrderUse(orderId, [], IsReleased: true)),
        _ => new UseEvent.Released(order.Uses, order with { IsReleased = true }),
    };

    public static UseCounter Evolve(UseCounter counter, UseEvent fact) => new(
        fact switch
        {
            UseEvent.Reserved reserved => Plus(counter.Total, reserved.Order.Uses, 1),
            UseEvent.Released released => Plus(counter.Total, released.Freed, -1),
            _ => counter.Total,
        },
        fact.Order);

    public static MemberUses Evolve(MemberUses uses, UseEvent fact) => uses with
    {
        Counts = fact switch
        {
            UseEvent.Reserved reserved => Plus(uses, reserved.Order.Uses, 1),
            UseEvent.Released released => Plus(uses, released.Freed, -1),
            _ => uses.Counts,
        },
        Order = fact.Order,
    };

    private static Decision<UseEvent> Again(OrderUse order) =>
        order.IsReleased ? PromotionRefusals.UseReleased : Decision<UseEvent>.Nothing;

    private static UseTotal Plus(UseTotal total, IReadOnlyList<PromotionUse> uses, int sign) => new(
        total.Uses + (sign * uses.Count), total.SpentFen + (sign * uses.Sum(use => use.SavedFen)));

    private static IReadOnlyList<MemberUse> Plus(MemberUses before, IReadOnlyList<PromotionUse> uses, int sign) =>
    [
        .. before.Counts.Where(count => uses.All(use => use.PromotionId != count.PromotionId)),
        .. uses.Select(use =>
            new MemberUse(use.PromotionId, before.CountOf(use.PromotionId) + sign)),
    ];
}
