namespace Pond.LocalHost.Demo;

/// <summary>A day of one shopper, step by step, from the login to the logout; what she buys comes in between.</summary>
internal sealed class Journey(Walk walk, Display display, Run run, Opening opening)
{
    private const long GivenPoints = 100;
    private const long GiftPoints = 30;

    private string code = "";
    private SessionAnswer signedIn = null!;
    private CouponAnswer claimed = null!;
    private int? streakDays;
    private int walletCount;
    private long balance;

    /// <summary>What the summary tells of her. Known once the stage is over.</summary>
    public MemberRow Shopper => new(TeaShop.Shopper, balance, streakDays, walletCount);

    public Stage Stage => new($"{TeaShop.Shopper}的一天 · A shopper's day",
    [
        GetCode, Login, SetNickname, SeeOffers, Claim, ClaimAgain, LookIntoWallet, CheckIn, CheckInAgain, SeePoints,
        GetPoints, SpendPoints, SeeLedger,
    ]);

    /// <summary>Once she has bought something, too.</summary>
    public Stage Farewell => new("离店 · Leaving", [Refresh, Logout, ComeBack]);

    /// <summary>Her access token. Known once she has logged in.</summary>
    public string Bearer => signedIn.AccessToken;

    private string TemplateId => opening.TemplateIds[TeaShop.FiveOff];

    private async Task GetCode() => code = (await walk.Step<CodeAnswer>(
        "wx.login 取登录码", Api.LoginCode(run.Sandbox, TeaShop.Shopper), _ => "微信沙箱给出一次性登录码")).Code;

    private async Task Login() => signedIn = await walk.Step<SessionAnswer>(
        "登录", Api.Login(code), session => $"会员号 {session.MemberId}");

    private async Task SetNickname() => await walk.Step<ProfileAnswer>(
        "设置昵称",
        Api.Rename(signedIn.AccessToken, TeaShop.Shopper),
        profile => $"昵称 {profile.Nickname}",
        profile => profile.Nickname == TeaShop.Shopper);

    private async Task SeeOffers()
    {
        var published = TeaShop.Plans.Where(plan => plan.IsPublished).Select(plan => opening.TemplateIds[plan]);
        var (offers, answer) = await walk.LookUntil<ListAnswer<OfferAnswer>>(
            Api.Offers(), list => !published.Except(list.Items.Select(offer => offer.TemplateId)).Any());
        display.Step("看可领的券", answer, string.Join("、", offers.Items.Select(offer => offer.Name)));
    }

    private async Task Claim() => claimed = await walk.Step<CouponAnswer>(
        "领券",
        Api.Claim(signedIn.AccessToken, TemplateId),
        coupon => $"{coupon.Name}，券号 {coupon.CouponId}{(run.IsAfter(coupon.ClaimedAt) ? "（先前的演示领的）" : "")}");

    private async Task ClaimAgain() => await walk.Step<CouponAnswer>(
        "同一请求编号再领一次",
        Api.Claim(signedIn.AccessToken, TemplateId),
        _ => "同一个 Idempotency-Key，还是同一张券",
        coupon => coupon.CouponId == claimed.CouponId);

    private async Task LookIntoWallet()
    {
        var (wallet, answer) = await walk.LookUntil<ListAnswer<CouponAnswer>>(
            Api.Wallet(signedIn.AccessToken), list => list.Items.Any(coupon => coupon.CouponId == claimed.CouponId));
        walletCount = wallet.Items.Count;
        display.Step("看券包", answer, $"{walletCount} 张：{string.Join("、", wallet.Items.Select(coupon => coupon.Name))}");
    }

    private async Task CheckIn()
    {
        var request = Api.CheckIn(signedIn.AccessToken, run.Key("first-check-in"));
        var answer = await walk.Ask(request, Refusals.CheckedInToday);
        var checkIn = answer.IsYes ? answer.Read<CheckInAnswer>() : null;
        streakDays = checkIn?.StreakDays;
        display.Step("签到", answer, checkIn is null
            ? $"{answer.RefusalDetail}（先前的演示签的）"
            : $"第 {checkIn.StreakDays} 天，+{checkIn.RewardPoints} 分");
    }

    private Task CheckInAgain() => walk.StepRefused(
        "再签一次，应被拒", Api.CheckIn(signedIn.AccessToken, run.Key("second-check-in")), Refusals.CheckedInToday);

    private async Task SeePoints() => balance = (await walk.Step<PointsAnswer>(
        "看积分", Api.Points(signedIn.AccessToken), points => $"可用 {points.SpendablePoints} 分")).SpendablePoints;

    private Task GetPoints() => Adjust("店员赠送积分", GivenPoints, "会员日赠送");

    private Task SpendPoints() => Adjust("店员扣积分换礼", -GiftPoints, "兑换帆布袋一只");

    private async Task Adjust(string what, long points, string reason)
    {
        var request = Api.AdjustPoints(
            opening.Operator.Key, signedIn.MemberId, points, reason, run.Key(points > 0 ? "given" : "gift"));
        var adjusted = await walk.Step<AdjustmentAnswer>(
            what,
            request,
            done => $"{done.Points:+0;-0} 分，余 {done.AfterPoints} 分 · {reason}",
            done => done.Points == points);
        balance = adjusted.AfterPoints;
    }

    private async Task SeeLedger() => await walk.Step<ListAnswer<EntryAnswer>>(
        "看积分明细",
        Api.Ledger(signedIn.AccessToken),
        list => string.Join(
            " · ", list.Items.Select(entry => $"{entry.CauseKind} {entry.Points:+0;-0} = {entry.AfterPoints}")),
        list => list.Items is [{ Points: -GiftPoints }, { Points: GivenPoints }, ..]);

    private async Task Refresh() => signedIn = await walk.Step<SessionAnswer>(
        "换新令牌", Api.Refresh(signedIn.RefreshToken), _ => "旧的 refreshToken 从此作废");

    private async Task Logout()
    {
        var answer = await walk.Ask(Api.Logout(signedIn.AccessToken));
        display.Step("退出登录", answer, "这台设备的令牌全部作废");
    }

    private Task ComeBack() => walk.StepRefused(
        "旧令牌再来，应被拒", Api.Me(signedIn.AccessToken), Refusals.Unauthenticated);
}
