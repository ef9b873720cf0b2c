using Pond.Activities;

namespace Pond.Bargains;

/// <summary>A bargain as everybody sees it, before the first cut.</summary>
/// <param name="StartFen">What one piece costs at first.</param>
/// <param name="FloorFen">What it costs after all cuts.</param>
/// <param name="Cuts">How many it takes.</param>
/// <param name="Hours">That an attempt is open.</param>
/// <param name="Rule">How it goes, in full.</param>
/// <param name="Details">What the shop says beside.</param>
/// <param name="PiecesLeft">What can be ordered at this moment.</param>
/// <param name="ServerTime">Now, to reckon from.</param>
public sealed record BargainResponse(
    string ActivityId,
    string Name,
    ActivityState State,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string SkuId,
    long StartFen,
    long FloorFen,
    int Cuts,
    int Hours,
    BargainMode Mode,
    int HelpsPerDay,
    int AttemptsPerMember,
    bool IsOwnerCutAllowed,
    bool NewHelpersOnly,
    bool HasNewcomerStep,
    string Rule,
    string Details,
    int Pieces,
    int PiecesLeft,
    DateTimeOffset ServerTime)
{
    public static BargainResponse Of(Activity activity, int piecesLeft, DateTimeOffset now)
    {
        var terms = activity.TermsAs<BargainTerms>();
        return new BargainResponse(
            activity.Id, activity.Plan.Name, activity.State, activity.Plan.StartsAt, activity.Ends, terms.SkuId,
            terms.StartFen, terms.FloorFen, terms.Cuts, terms.Hours, terms.Mode, terms.HelpsPerDay,
            terms.AttemptsPerMember, terms.IsOwnerCutAllowed, terms.NewHelpersOnly, terms.HasNewcomerStep,
            BargainRules.Text(terms), terms.Details, activity.Plan.Goods.Sum(goods => goods.Pieces), piecesLeft, now);
    }
}
