namespace Pond.Bargains;

/// <summary>An attempt as its owner and friends see it.</summary>
/// <param name="OwnerName">The first character of the owner's nickname and a mask.</param>
/// <param name="IsMine">Whether it is the caller's own.</param>
/// <param name="PriceFen">What one piece costs now.</param>
/// <param name="CutsLeft">How many are still to come until the floor.</param>
/// <param name="Rule">How it goes, in full.</param>
/// <param name="PiecesLeft">What can be ordered at this moment.</param>
/// <param name="CanHelp">Whether the caller can make the next cut; the daily limit is looked at then.</param>
/// <param name="WhyNoHelp">The code of what is in the way, or null.</param>
/// <param name="CanOrder">Whether the caller can buy at this price now.</param>
/// <param name="OrderId">The order that has its price; only for the owner.</param>
/// <param name="ServerTime">Now, to reckon from to <paramref name="Deadline"/>.</param>
public sealed record AttemptResponse(
    string AttemptId,
    string ActivityId,
    string ActivityName,
    string SkuId,
    string OwnerName,
    bool IsMine,
    AttemptState State,
    long StartFen,
    long FloorFen,
    long PriceFen,
    int Cuts,
    int CutsMade,
    int CutsLeft,
    BargainMode Mode,
    string Rule,
    string Details,
    IReadOnlyList<HelpResponse> Helps,
    int PiecesLeft,
    bool CanHelp,
    string? WhyNoHelp,
    bool CanOrder,
    string? OrderId,
    DateTimeOffset StartedAt,
    DateTimeOffset Deadline,
    DateTimeOffset ServerTime)
{
    public static AttemptResponse Of(
        Attempt attempt, AttemptState state, AttemptView view, IReadOnlyList<HelpResponse> helps) => new(
        attempt.Id, attempt.ActivityId, attempt.ActivityName, attempt.Terms.SkuId, view.OwnerName, view.IsMine, state,
        attempt.Terms.StartFen, attempt.Terms.FloorFen, attempt.PriceFen, attempt.Plan.Count, attempt.CutsMade,
        attempt.CutsLeft, attempt.Terms.Mode, BargainRules.Text(attempt.Terms), attempt.Terms.Details, helps,
        view.PiecesLeft, view.WhyNoHelp is null, view.WhyNoHelp, view.CanOrder,
        view.IsMine ? attempt.OrderId : null, attempt.StartedAt, attempt.Deadline, view.Now);
}

/// <summary>What hangs on who looks, and when.</summary>
public sealed record AttemptView(
    string OwnerName, bool IsMine, int PiecesLeft, string? WhyNoHelp, bool CanOrder, DateTimeOffset Now);

/// <summary>One cut that was made. Whose it was only they themselves are told.</summary>
public sealed record HelpResponse(int Number, long CutFen, bool IsMine, bool IsOwners, DateTimeOffset At);

/// <summary>What a help has come to.</summary>
/// <param name="Number">Of the cut: 1, 2, 3 …</param>
/// <param name="PriceFen">After it.</param>
/// <param name="CutsLeft">After it.</param>
public sealed record CutResponse(string AttemptId, int Number, long CutFen, long PriceFen, int CutsLeft)
{
    public static CutResponse Of(string attemptId, AttemptEvent.Helped helped) =>
        new(attemptId, helped.Help.Number, helped.Help.CutFen, helped.PriceFen, helped.CutsLeft);
}
