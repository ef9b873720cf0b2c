using Pond.Activities;

namespace Pond.GroupBuys;

/// <summary>A group-buy as shoppers see it.</summary>
/// <param name="WhyNotCode">Why no group can be started now: <c>activity.not_open</c>; null when one can.</param>
/// <param name="ServerTime">Now, to reckon from to the start and the end.</param>
/// <param name="Rules">What a shopper has to know before taking part, in sentences.</param>
public sealed record GroupBuyResponse(
    string ActivityId,
    string Name,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    DateTimeOffset ServerTime,
    string? WhyNotCode,
    IReadOnlyList<GroupPrice> Prices,
    IReadOnlyList<GroupStep> Steps,
    int GroupMinutes,
    int SeatMinutes,
    int PiecesPerOrderMax,
    int OrdersPerMemberMax,
    JoinerRule Joiners,
    bool HasMatching,
    int? VirtualFillBp,
    IReadOnlyList<string> Rules)
{
    public static GroupBuyResponse Of(Activity activity, DateTimeOffset now)
    {
        var terms = activity.TermsAs<GroupBuyTerms>();
        return new GroupBuyResponse(
            activity.Id, activity.Plan.Name, activity.Plan.StartsAt, activity.Ends, now, activity.WhyNot(now)?.Code,
            terms.Prices, terms.Steps, terms.GroupMinutes, terms.SeatMinutes, terms.PiecesPerOrderMax,
            terms.OrdersPerMemberMax, terms.Joiners, terms.HasMatching, terms.VirtualFillBp, [.. RulesOf(terms)]);
    }

    private static IEnumerable<string> RulesOf(GroupBuyTerms terms)
    {
        yield return $"开团后 {terms.GroupMinutes / 60} 小时 {terms.GroupMinutes % 60} 分钟内满 {terms.Least()} 人付款即成团，"
            + "未成团全额原路退款。";
        yield return $"名额保留 {terms.SeatMinutes} 分钟，请及时付款；成团前可随时退出并全额退款。";
        foreach (var step in terms.Steps.Skip(1))
            yield return $"满 {step.Size} 人付款，每件再减 {step.OffFen / 100m:0.00} 元，成团后退还差价。";
        if (terms.Joiners is JoinerRule.Newcomers) yield return "只有从未下过单的新朋友可以参团，任何人可以开团。";
        if (terms.HasMatching) yield return "付款时原团已满或已结束的，自动匹配到其他团；没有可匹配的团时自动开新团或退款。";
        if (terms.VirtualFillBp is { } bp)
            yield return $"到期时付款人数达到 {bp / 100m:0.##}% 的，由商家补足空位成团，补足的名额会注明。";
    }
}
