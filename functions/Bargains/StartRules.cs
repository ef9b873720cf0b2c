using System.Globalization;
using Pond.Activities;
using Pond.Kernel;
using Pond.Platform;

namespace Pond.Bargains;

/// <summary>BRG-01: how an attempt begins. Pure.</summary>
public static class StartRules
{
    /// <summary>The id of a member's attempt, always the same.</summary>
    /// <param name="number">1, 2, 3 …</param>
    public static string IdOf(string activityId, string memberId, int number) =>
        Ids.From(string.Create(CultureInfo.InvariantCulture, $"bargain {activityId} {memberId} {number}"));

    /// <summary>A new attempt with its plan.</summary>
    /// <param name="sharesBp">A draw for each cut.</param>
    /// <param name="overId">The last attempt, if it was seen to be over: that is for good.</param>
    /// <param name="piecesLeft">Of the bargain's goods.</param>
    public static Decision<AttemptBegun> Begin(
        Starts starts,
        Activity activity,
        string memberId,
        IReadOnlyList<int> sharesBp,
        string? overId,
        int piecesLeft,
        DateTimeOffset now)
    {
        if (activity.WhyNot(now) is { } why) return why;
        if (starts.LastId is { } lastId && lastId != overId) return BargainRefusals.Live;
        var terms = activity.TermsAs<BargainTerms>();
        if (starts.AttemptIds.Count >= terms.AttemptsPerMember) return BargainRefusals.AttemptsUsed;
        if (piecesLeft <= 0) return BargainRefusals.SoldOut;

        var (number, latest) = (starts.AttemptIds.Count + 1, now.AddHours(terms.Hours));
        return new AttemptBegun(new Attempt(
            IdOf(activity.Id, memberId, number), activity.Id, activity.Plan.Name, memberId, number, terms,
            activity.AllotmentOf(terms.SkuId)!, sharesBp, CutPlanRules.Draw(terms.StartFen - terms.FloorFen, sharesBp),
            CutsMade: 0, AttemptState.Open, now, latest < activity.Ends ? latest : activity.Ends));
    }
}
