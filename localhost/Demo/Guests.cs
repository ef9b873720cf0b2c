namespace Pond.LocalHost.Demo;

/// <summary>A member of whom the summary tells.</summary>
/// <param name="StreakDays">Null when they had checked in before this run: only the check-in itself tells it.</param>
/// <param name="Coupons">What they were given; the wallet gets them a moment later.</param>
internal sealed record Visitor(string Nickname, string Bearer, int? StreakDays, IReadOnlyList<CouponAnswer> Coupons);

/// <summary>Members come by: each logs in, checks in and claims what they want.</summary>
internal sealed class Guests(Walk walk, Display display, Run run, Opening opening)
{
    private readonly List<Visitor> visitors = [];

    public IReadOnlyList<Visitor> Visitors => visitors;

    public Stage Stage => new("会员到店 · Members", [.. TeaShop.Guests.Select(guest => (Func<Task>)(() => Visit(guest)))]);

    private async Task Visit(Guest guest)
    {
        var code = await walk.Ask<CodeAnswer>(Api.LoginCode(run.Sandbox, guest.Nickname));
        var bearer = (await walk.Ask<SessionAnswer>(Api.Login(code.Code))).AccessToken;
        await walk.Ask(Api.Rename(bearer, guest.Nickname));

        var (streakDays, checkedIn) = await CheckIn(bearer);
        var (coupons, refused) = await Claim(guest, bearer);
        visitors.Add(new Visitor(guest.Nickname, bearer, streakDays, coupons));
        var earlier = coupons.ToLookup(coupon => run.IsAfter(coupon.ClaimedAt), coupon => coupon.Name);
        display.Done(guest.Nickname, checkedIn + Listed("领到", earlier[false]) + Listed("已有", earlier[true]), refused);
    }

    private async Task<(int? StreakDays, string Told)> CheckIn(string bearer)
    {
        var answer = await walk.Ask(Api.CheckIn(bearer, run.Key("check-in")), Refusals.CheckedInToday);
        if (!answer.IsYes) return (null, "今天已签到");

        var checkIn = answer.Read<CheckInAnswer>();
        return (checkIn.StreakDays, $"签到第 {checkIn.StreakDays} 天 +{checkIn.RewardPoints} 分");
    }

    private async Task<(List<CouponAnswer> Coupons, List<string> Refused)> Claim(Guest guest, string bearer)
    {
        var coupons = new List<CouponAnswer>();
        var refused = new List<string>();
        foreach (var plan in guest.Wants)
        {
            var request = Api.Claim(bearer, opening.TemplateIds[plan]);
            var answer = await walk.Ask(request, Refusals.SoldOut, Refusals.LimitReached);
            if (answer.IsYes)
                coupons.Add(answer.Read<CouponAnswer>());
            else
                refused.Add($"{plan.Name}：{answer.RefusalDetail}");
        }

        return (coupons, refused);
    }

    private static string Listed(string what, IEnumerable<string> names) =>
        names.Any() ? $"；{what} {string.Join("、", names)}" : "";
}

/// <summary>The codes of the refusals that the demo expects.</summary>
internal static class Refusals
{
    public const string CheckedInToday = "check_in.done_today";
    public const string SoldOut = "coupon.sold_out";
    public const string LimitReached = "coupon.limit_reached";
    public const string Unauthenticated = "auth.unauthenticated";
    public const string ProductTaken = "product.taken";
}
