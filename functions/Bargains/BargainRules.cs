using Pond.Kernel;

namespace Pond.Bargains;

/// <summary>BRG-01, BRG-02: which bargains make sense, and which WeChat lets nobody offer. Pure.</summary>
public static class BargainRules
{
    /// <summary>Cuts of one bargain: more would have shoppers pull in people without end.</summary>
    public const int CutsMax = 50;

    public const int HoursMax = 7 * 24;
    public const int HelpsPerDayMax = 50;
    public const int AttemptsPerMemberMax = 20;
    public const int ShareBpMax = 9_000;
    public const long PriceFenMax = 100_000_000;
    public const int DetailsCharsMin = 10;
    public const int DetailsCharsMax = 500;

    private const int ManyCuts = 20;
    private const int LowFloorBp = 2_000;
    private const int HalfBp = 5_000;
    private const int Whole = 10_000;

    private static readonly string[] ForcingWords =
    [
        "分享后", "分享才", "分享即", "分享得", "分享可", "必须分享", "转发后", "转发才", "转发即", "必须转发", "关注后", "关注才",
        "关注即", "必须关注", "先关注", "先分享", "先转发", "分享到朋友圈", "强制分享",
    ];

    /// <summary>Why WeChat's rules forbid it, or null.</summary>
    /// <param name="isCountHidden">Whether shoppers are not to be told how many cuts it takes.</param>
    public static Refusal? WhyForbidden(BargainTerms terms, string name, bool isCountHidden, HelpCondition condition)
    {
        if (terms.Cuts > CutsMax) return BargainRefusals.Endless;
        if (isCountHidden) return BargainRefusals.CountHidden;
        return condition is not HelpCondition.None || ForcingWords.Any(
            word => terms.Details.Contains(word, StringComparison.Ordinal)
                || name.Contains(word, StringComparison.Ordinal))
            ? BargainRefusals.ForcedSharing
            : null;
    }

    /// <summary>Why the terms make no sense, or null.</summary>
    /// <param name="listFen">What the SKU costs.</param>
    public static Refusal? WhyUnsound(BargainTerms terms, long listFen)
    {
        if (terms.StartFen > listFen) return BargainRefusals.AboveList;
        if (terms.StartFen - terms.FloorFen < terms.Cuts) return BargainRefusals.TooLittle;
        return terms.ShareMinBp > terms.ShareMaxBp ? BargainRefusals.BadShares : null;
    }

    /// <summary>What is allowed, and may yet not be meant.</summary>
    /// <param name="pieces">Of its goods.</param>
    public static IEnumerable<BargainWarning> Warnings(BargainTerms terms, int pieces)
    {
        var differenceFen = terms.StartFen - terms.FloorFen;
        if (checked(terms.StartFen * LowFloorBp) / Whole > terms.FloorFen)
            yield return new BargainWarning("low_floor", "底价不到起始价的两成，请确认成本。");
        if (terms.Cuts > ManyCuts)
            yield return new BargainWarning("many_cuts", $"需要 {terms.Cuts} 次才能砍到底价，多数顾客可能完不成。");
        if (terms.Cuts > 1 && terms.ShareMaxBp > HalfBp)
            yield return new BargainWarning("steep", "第一次就可能砍掉一半以上的差价，之后每次会很少。");
        if (differenceFen < 2L * terms.Cuts)
            yield return new BargainWarning("tiny_cuts", "差价很小，大多数次只能砍 1 分钱。");
        if (terms.Mode is BargainMode.BuyAnyTime)
            yield return new BargainWarning("any_time", "顾客不用砍到底价也能按当时的价格下单。");
        if (terms.AttemptsPerMember > pieces)
            yield return new BargainWarning("few_pieces", "每人可发起的次数多于活动件数。");
    }

    /// <summary>BRG-01: the rule as shoppers read it, before the first cut.</summary>
    public static string Text(BargainTerms terms)
    {
        var (start, floor) = (new Fen(terms.StartFen), new Fen(terms.FloorFen));
        string[] sentences =
        [
            $"发起后 {terms.Hours} 小时内有效，且不晚于活动结束。",
            $"从 {start} 起共砍 {terms.Cuts} 次，砍满即为底价 {floor}。",
            "每次的金额在发起时由系统一次确定，之后不再改变。",
            terms.Mode is BargainMode.FloorOnly ? "砍到底价后才能下单。" : "任何时候都可以按当时的价格下单，下单后不能再砍。",
            "每人对同一次砍价只能帮一次，" + $"每天最多帮 {terms.HelpsPerDay} 次。",
            terms.IsOwnerCutAllowed ? "发起人可以自己砍一次。" : "发起人不能给自己砍。",
            terms.NewHelpersOnly ? "仅限新会员帮砍。" : "",
            terms.HasNewcomerStep ? "新会员帮砍时，砍掉剩余各次中金额最大的一次。" : "",
            $"每人最多发起 {terms.AttemptsPerMember} 次，库存以下单时为准。",
        ];
        return string.Concat(sentences);
    }
}
