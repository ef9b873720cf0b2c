namespace Pond.Touches;

/// <summary>TCH-03: what kind of message an occasion makes, and which of them comes first. Pure.</summary>
public static class OccasionRules
{
    /// <summary>So many there are, with room for more.</summary>
    public const int OccasionsMax = 20;

    // The most valuable to the member first.
    private static readonly Occasion[] ByPriority =
    [
        Occasion.GroupDone, Occasion.OrderUnpaid, Occasion.GroupEnding, Occasion.BargainEnding,
        Occasion.PromotionOpening, Occasion.CouponEnding, Occasion.PointsEnding, Occasion.TierEnding,
        Occasion.Birthday, Occasion.RepurchaseDue, Occasion.Announcement,
    ];

    /// <summary>Whether it belongs to what the member bought: no cap and no quiet hours hold it.</summary>
    public static bool IsService(Occasion occasion) => occasion is Occasion.GroupDone or Occasion.OrderUnpaid;

    /// <summary>0 comes first.</summary>
    public static int PriorityOf(Occasion occasion) => Array.IndexOf(ByPriority, occasion);
}
