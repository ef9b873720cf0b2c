using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform.Http;

namespace Pond.Tiers;

/// <summary>The member's tier: what it brings, how long it lasts, and what it takes to keep it or to rise.</summary>
public sealed class GetMyTier(MemberTiers tiers, MemberCallers callers)
{
    /// <param name="IsGiven">Whether the brand gave it for a time, whatever the growth.</param>
    /// <param name="Growth">What counts at present.</param>
    /// <param name="TotalGrowth">All there is, however old.</param>
    /// <param name="ValidUntil">Null when it does not end.</param>
    /// <param name="Keep">What it takes to keep the tier that growth has opened; null when it does not end.</param>
    /// <param name="Next">The next higher tier; null at the top.</param>
    /// <param name="Expiries">Growth that ceases to count, by month, what goes first first.</param>
    public sealed record Response(
        TierBenefits Benefits,
        bool IsGiven,
        long Growth,
        long TotalGrowth,
        DateTimeOffset? ValidUntil,
        KeepGoal? Keep,
        NextGoal? Next,
        IReadOnlyList<GrowthExpiry> Expiries);

    /// <param name="ReviewAt">When it is decided.</param>
    /// <param name="MissingGrowth">Still to be earned until then; 0 when there will be enough.</param>
    public sealed record KeepGoal(string Code, long KeepGrowth, long MissingGrowth, DateTimeOffset ReviewAt);

    /// <param name="MissingGrowth">Still to be earned.</param>
    public sealed record NextGoal(string Code, string Name, long EnterGrowth, long MissingGrowth);

    /// <param name="By">From then on none of it counts.</param>
    public sealed record GrowthExpiry(DateTimeOffset By, long Growth);

    [Function(nameof(GetMyTier))]
    [Caller(CallerKind.Member)]
    [EndpointSummary("我的会员等级"), Tags("会员等级")]
    [ProducesResponseType<Response>(StatusCodes.Status200OK)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me/tier")] HttpRequest request,
        CancellationToken cancel)
    {
        var caller = await callers.Require(request, cancel);
        var view = await tiers.Read(caller.Id, cancel);
        var (account, programme) = (view.Account, view.Programme);
        var growth = account.GrowthOn(ChinaDay.Of(view.Now), programme.WindowDays);
        return Results.Ok(new Response(
            view.Benefits, account.Membership.Manual is not null, growth, account.Growth.TotalGrowth,
            account.Membership.ValidTo(), KeepOf(view), NextOf(view, growth), ExpiriesOf(view)));
    }

    private static KeepGoal? KeepOf(TierView view)
    {
        if (view.Account.Membership.Stay is not { ReviewAt: { } reviewAt } stay) return null;

        var tier = view.Programme.TierOf(stay);
        var left = view.Account.GrowthOn(ChinaDay.Of(reviewAt), view.Programme.WindowDays);
        var isKept = tier.Downgrade is Downgrade.None;
        return new KeepGoal(
            tier.Code, tier.KeepGrowth, isKept ? 0 : Math.Max(0, tier.KeepGrowth - left), reviewAt);
    }

    private static NextGoal? NextOf(TierView view, long growth) =>
        view.Programme.Tiers.FirstOrDefault(tier => tier.Rank > view.Tier?.Rank) is { } next
            ? new NextGoal(next.Code, next.Name, next.EnterGrowth, Math.Max(0, next.EnterGrowth - growth))
            : null;

    private static GrowthExpiry[] ExpiriesOf(TierView view)
    {
        var (today, windowDays) = (ChinaDay.Of(view.Now), view.Programme.WindowDays);
        if (windowDays == 0) return [];
        return
        [
            .. view.Account.Days
                .Select(day => (Ends: day.Day.AddDays(windowDays), day.Growth))
                .Where(day => day.Ends.Date > today.Date)
                .GroupBy(day => day.Ends.NextMonth, (_, month) => month.ToArray())
                .Select(month => new GrowthExpiry(month.Max(day => day.Ends.Start), month.Sum(day => day.Growth)))
                .OrderBy(expiry => expiry.By),
        ];
    }
}
