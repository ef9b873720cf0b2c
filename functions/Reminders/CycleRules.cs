using Pond.Kernel;
using Pond.Members;
using Pond.Platform.Storage;
using Pond.Touches;

namespace Pond.Reminders;

/// <summary>REP-01 … REP-03: when somebody needs more of what they bought, and is reminded of it. Pure.</summary>
/// <remarks>
/// Whatever is heard late, twice or in another order comes to the same: of each order the fewest pieces that were ever
/// heard of count, and of orders only the newest.
/// </remarks>
public static class CycleRules
{
    /// <summary>Orders that are remembered; older ones change nothing.</summary>
    public const int PurchasesMax = 8;

    /// <summary>Of a member's own gaps, the newest that count.</summary>
    public const int GapsMax = 5;

    /// <summary>With fewer gaps of their own, what is known of the SKU counts.</summary>
    public const int GapsMin = 2;

    public const int IntervalDaysMax = 730;

    /// <summary>Days before the expected one on which a member is reminded; of a short interval half of it.</summary>
    public const int LeadDaysMax = 3;

    /// <summary>The time of day, in China, at which reminders become due.</summary>
    public static readonly TimeSpan TimeOfDay = TimeSpan.FromHours(10);

    private const char IdSeparator = '.';

    /// <summary>An order has paid for some pieces, or money for them went back.</summary>
    /// <param name="news">Of one order, or of several when accounts become one.</param>
    /// <param name="daysPerPiece">How long one piece lasts, as the shop knows; null when it does not.</param>
    public static Decision<CycleMoved> Hear(
        CycleState state, GoodsNews news, int? daysPerPiece, DateTimeOffset now)
    {
        if (state.Member is not { } member) return MemberRefusals.Missing;
        if (member.MergedInto is not null) return MemberRefusals.Merged;

        var before = state.Cycle ?? RepurchaseCycle.New(news.SkuId, news.Title);
        var purchases = With(before.Purchases, news.Purchases);
        if (purchases.SequenceEqual(before.Purchases)) return Decision<CycleMoved>.Nothing;

        var after = before with { Title = news.Title, Purchases = purchases };
        var next = Next(purchases, daysPerPiece) is { } expected && now < expected.Until ? expected : null;
        if (before.Plan is { } planned && next == planned with { Number = 0 })
            return new CycleMoved(after, null, null, now);

        var plan = next is null ? null : next with { Number = before.Plans + 1 };
        after = after with { Plan = plan, Plans = plan?.Number ?? before.Plans };
        return new CycleMoved(
            after,
            before.Plan is { } old
                ? new TouchVoidedV1(member.Id, Occasion.RepurchaseDue, IdOf(after, old), now)
                : null,
            plan is null ? null : TouchOf(member.Id, after, plan, now),
            now);
    }

    /// <summary>REP-01: when more is needed, and the reminder of it; null when nobody knows.</summary>
    public static CyclePlan? Next(IReadOnlyList<Purchase> purchases, int? daysPerPiece)
    {
        Purchase[] kept = [.. purchases.Where(purchase => purchase.Kept > 0)];
        if (kept.Length == 0 || IntervalOf(kept, daysPerPiece) is not { } days) return null;

        var (last, lead) = (ChinaDay.Of(kept[^1].PaidAt), Math.Min(LeadDaysMax, days / 2));
        var expected = last.AddDays(days);
        return new CyclePlan(
            kept[^1].OrderId, expected.AddDays(-lead).Start + TimeOfDay, expected.AddDays(1 + lead).Start, Number: 0);
    }

    /// <summary>Names a plan of a cycle.</summary>
    public static string IdOf(RepurchaseCycle cycle, CyclePlan plan) =>
        $"{Keys.Hash(cycle.SkuId)}{IdSeparator}{plan.Number}";

    /// <summary>The part of such an id that leads to the cycle.</summary>
    public static string CycleOf(string occasionId) => occasionId.Split(IdSeparator)[0];

    /// <summary>Whether that plan is the one that holds.</summary>
    public static bool IsPlanned(RepurchaseCycle? cycle, string occasionId) =>
        cycle?.Plan is { } plan && IdOf(cycle, plan) == occasionId;

    // Bought twice on a day is bought once. The median of an even number lies between two, and is rounded down.
    private static int? IntervalOf(Purchase[] kept, int? daysPerPiece)
    {
        int[] days = [.. kept.Select(purchase => ChinaDay.Of(purchase.PaidAt).Date.DayNumber).Distinct()];
        int[] gaps = [.. days.Zip(days.Skip(1), (one, next) => next - one).TakeLast(GapsMax).Order()];
        if (gaps.Length >= GapsMin)
            return Math.Min((gaps[(gaps.Length - 1) / 2] + gaps[gaps.Length / 2]) / 2, IntervalDaysMax);
        if (daysPerPiece is not { } perPiece) return null;

        var pieces = kept.Where(purchase => ChinaDay.Of(purchase.PaidAt).Date.DayNumber == days[^1])
            .Sum(purchase => (long)purchase.Kept);
        return (int)Math.Min(perPiece * pieces, IntervalDaysMax);
    }

    private static IReadOnlyList<Purchase> With(IEnumerable<Purchase> known, IEnumerable<Purchase> news) =>
    [
        .. known.Concat(news)
            .GroupBy(purchase => purchase.OrderId, StringComparer.Ordinal)
            .Select(same => same.MinBy(purchase => purchase.Kept)!)
            .OrderBy(purchase => purchase.PaidAt).ThenBy(purchase => purchase.OrderId, StringComparer.Ordinal)
            .TakeLast(PurchasesMax),
    ];

    private static TouchPlannedV1 TouchOf(
        string memberId, RepurchaseCycle cycle, CyclePlan plan, DateTimeOffset now) => new(
        memberId,
        Occasion.RepurchaseDue,
        IdOf(cycle, plan),
        ReminderTexts.Values(cycle.Title, amount: null, endsAt: null, "您常用的商品快用完了，回来看看"),
        $"pages/products/detail?skuId={Uri.EscapeDataString(cycle.SkuId)}",
        PromotionId: null,
        plan.RemindAt,
        plan.Until,
        now);
}

/// <summary>What was heard of one SKU.</summary>
public sealed record GoodsNews(string SkuId, string Title, IReadOnlyList<Purchase> Purchases);
