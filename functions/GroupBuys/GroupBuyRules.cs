using Pond.Kernel;

namespace Pond.GroupBuys;

/// <summary>GRP-01: which terms make sense. Pure.</summary>
public static class GroupBuyRules
{
    public const int SizeMin = 2;

    /// <summary>Seats of a group: all of them are settled in one batch.</summary>
    public const int SizeMax = 30;

    public const int StepsMax = 5;
    public const int GroupMinutesMin = 10;
    public const int GroupMinutesMax = 7 * 24 * 60;
    public const int SeatMinutesMin = 5;
    public const int SeatMinutesMax = 60;
    public const int PiecesPerOrderMax = 100;
    public const int OrdersPerMemberMax = 50;
    public const long FenMax = 100_000_000;

    /// <summary>GRP-08: less than half of a group is no group.</summary>
    public const int VirtualFillBpMin = 5_000;

    /// <summary>For sweeps and messages, before the stock of an activity goes home.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMinutes(30);

    /// <summary>Why terms make no sense, or null.</summary>
    public static Refusal? WhyUnsound(GroupBuyTerms terms)
    {
        var steps = terms.Steps;
        if (steps[0].OffFen != 0
            || steps.Zip(steps.Skip(1)).Any(two =>
                two.Second.Size <= two.First.Size || two.Second.OffFen <= two.First.OffFen))
            return GroupRefusals.BadSteps;
        return terms.Prices.Any(price => Math.Min(price.PriceFen, Math.Min(price.LeaderFen, price.NewcomerFen))
            <= steps[^1].OffFen)
            ? GroupRefusals.BadSteps
            : null;
    }

    /// <summary>The highest price of each SKU, which has to be below its list price.</summary>
    public static IReadOnlyList<(string SkuId, long PriceFen)> HighestPrices(GroupBuyTerms terms) =>
    [
        .. terms.Prices.Select(price =>
            (price.SkuId, Math.Max(price.PriceFen, Math.Max(price.LeaderFen, price.NewcomerFen)))),
    ];
}
