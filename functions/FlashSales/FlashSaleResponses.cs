using Pond.Activities;

namespace Pond.FlashSales;

/// <summary>A flash sale as shoppers see it.</summary>
/// <param name="PiecesLeft">That nobody has, as of a second ago at most.</param>
/// <param name="PerMember">Pieces that one buyer gets.</param>
/// <param name="PayMinutes">Minutes from a claim to when its order is closed.</param>
/// <param name="IsHot">A claim needs a ticket.</param>
/// <param name="IsInviteOnly">A claim needs an F code.</param>
/// <param name="TicketsFrom">From then on tickets are given.</param>
/// <param name="ServerTime">Now, to count down from: a phone's clock may be wrong.</param>
public sealed record FlashSaleResponse(
    string FlashSaleId,
    string Name,
    string SkuId,
    long PriceFen,
    FlashSaleStage Stage,
    int Pieces,
    int PiecesLeft,
    int PerMember,
    int PayMinutes,
    bool IsHot,
    bool IsInviteOnly,
    DateTimeOffset TicketsFrom,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    DateTimeOffset ServerTime)
{
    public static FlashSaleResponse Of(FlashSale sale, int piecesLeft, DateTimeOffset now) => new(
        sale.Id, sale.Activity.Plan.Name, sale.Terms.SkuId, sale.Terms.PriceFen, StageOf(sale.Activity, now),
        sale.Pieces, piecesLeft, sale.Terms.PerMember, sale.Terms.PayMinutes, sale.Terms.IsHot,
        sale.Terms.IsInviteOnly, sale.Activity.Plan.StartsAt - DropTickets.WarmUp, sale.Activity.Plan.StartsAt,
        sale.Activity.Ends, now);

    private static FlashSaleStage StageOf(Activity activity, DateTimeOffset now)
    {
        var why = activity.WhyNot(now);
        return why is null ? FlashSaleStage.Open
            : why == ActivityRefusals.NotOpen ? FlashSaleStage.Soon
            : why == ActivityRefusals.Paused ? FlashSaleStage.Paused
            : FlashSaleStage.Over;
    }
}

/// <summary>Whether something can be claimed.</summary>
public enum FlashSaleStage
{
    Soon,
    Open,
    Paused,
    Over,
}

/// <summary>A claim as its member sees it.</summary>
/// <param name="OrderId">To be paid, once <paramref name="State"/> is <c>ordered</c>.</param>
/// <param name="PayBy">From then on the order is closed.</param>
/// <param name="ReturnedCode">Why the slot went back, as a code; null as long as it did not.</param>
/// <param name="ReturnedText">The same as shoppers read it.</param>
/// <param name="ServerTime">Now, to reckon from to <paramref name="PayBy"/>.</param>
public sealed record SlotClaimResponse(
    string ClaimId,
    string FlashSaleId,
    SlotClaimState State,
    string? OrderId,
    DateTimeOffset ClaimedAt,
    DateTimeOffset PayBy,
    string? ReturnedCode,
    string? ReturnedText,
    DateTimeOffset ServerTime)
{
    public static SlotClaimResponse Of(SlotClaim claim, DateTimeOffset now) => new(
        claim.Id, claim.FlashSaleId, claim.State, claim.State is SlotClaimState.Claimed ? null : claim.OrderId,
        claim.At, claim.PayBy, claim.Why?.Code, claim.Why?.Text, now);
}
