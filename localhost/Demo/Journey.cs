namespace Pond.LocalHost.Demo;

/// <summary>A day of one shopper, step by step, from the login to the logout.</summary>
internal sealed class Journey(Walk walk, Display display, Run run, Opening opening)
{
    private const long GivenPoints = 100;
    private const long GiftPoints = 30;

    private string _code = "";
    private SessionAnswer _session = null!;
    private CouponAnswer _coupon = null!;
    private int? _streakDays;
    private int _walletCount;
    private long _points;

    /// <summary>What the summary tells of her. Known once the stage is over.</summary>
    public MemberRow Shopper => new(TeaShop.Shopper, _points, _streakDays, _walletCount);

    public Stage Stage => new($"{TeaShop.Shopper}的一天 · A shopper's day",
    [
        GetCode, Login, SetNickname, SeeOffers, Claim, ClaimAgain, LookIntoWallet, CheckIn, CheckInAgain, SeePoints,
        GetPoints, SpendPoints, SeeLedger, Refresh, Logout, ComeBack,
    ]);

    private string TemplateId => opening.TemplateIds[TeaShop.FiveOff];

    private async Task GetCode() => _code = (await walk.Step<CodeAnswer>(
        "wx.login 取登录码", Api.LoginCode(run.Sandbox, TeaShop.Shopper), _ => "微信沙箱给出一次性登录码")).Code;

    private async Task Login() => _session = await walk.Step<SessionAnswer>(
        "登录", Api.Login(_code), session => $"会员号 {session.MemberId}");

    private async Task SetNickname() => await walk.Step<ProfileAnswer>(
        "设置昵称",
        Api.Rename(_session.AccessToken, TeaShop.Shopper),
        profile => $"昵称 {profile.Nickname}",
        profile => profile.Nickname == TeaShop.Shopper);

    private async Task SeeOffers()
    {
        var published = TeaShop.Plans.Where(plan => plan.IsPublished).Select(plan => opening.TemplateIds[plan]);
        var (offers, answer) = await walk.LookUntil<ListAnswer<OfferAnswer>>(
            Api.Offers(), list => !published.Except(list.Items.Select(offer => offer.TemplateId)).Any());
        display.Step("看可领的券", answer, string.Join("、", offers.Items.Select(offer => offer.Name)));
    }

    private async Task Claim() => _coupon = await walk.Step<CouponAnswer>(
        "领券",
        Api.Claim(_session.AccessToken, TemplateId),
        coupon => $"{coupon.Name}，券号 {coupon.CouponId}{(run.IsAfter(coupon.ClaimedAt) ? "（先前的演示领的）" : "")}");

    private async Task ClaimAgain() => await walk.Step<CouponAnswer>(
        "同一请求编号再领一次",
        Api.Claim(_session.AccessToken, TemplateId),
        _ => "同一个 Idempotency-Key，还是同一张券",
        coupon => coupon.CouponId == _coupon.CouponId);

    private async Task LookIntoWallet()
    {
        var (wallet, answer) = await walk.LookUntil<ListAnswer<CouponAnswer>>(
            Api.Wallet(_session.AccessToken), list => list.Items.Any(coupon => coupon.CouponId == _coupon.CouponId));
        _walletCount = wallet.Items.Count;
        display.Step("看券包", answer, $"{_walletCount} 张：{string.Join("、", wallet.Items.Select(coupon => coupon.Name))}");
    }

    private async Task CheckIn()
    {
        var request = Api.CheckIn(_session.AccessToken, run.Key("first-check-in"));
        var answer = await walk.Ask(request, Refusals.CheckedInToday);
        var checkIn = answer.IsYes ? answer.Read<CheckInAnswer>() : null;
        _streakDays = checkIn?.StreakDays;
        display.Step("签到", answer, checkIn is null
            ? $"{answer.RefusalDetail}（先前的演示签的）"
            : $"第 {checkIn.StreakDays} 天，+{checkIn.RewardPoints} 分");
    }

    private Task CheckInAgain() => walk.StepRefused(
        "再签一次，应被拒", Api.CheckIn(_session.AccessToken, run.Key("second-check-in")), Refusals.CheckedInToday);

    private async Task SeePoints() => _points = (await walk.Step<PointsAnswer>(
        "看积分", Api.Points(_session.AccessToken), points => $"可用 {points.SpendablePoints} 分")).SpendablePoints;

    private Task GetPoints() => Adjust("店员赠送积分", GivenPoints, "会员日赠送");

    private Task SpendPoints() => Adjust("店员扣积分换礼", -GiftPoints, "兑换帆布袋一只");

    private async Task Adjust(string what, long points, string reason)
    {
        var request = Api.AdjustPoints(
            opening.Operator.Key, _session.MemberId, points, reason, run.Key(points > 0 ? "given" : "gift"));
        var adjusted = await walk.Step<AdjustmentAnswer>(
            what,
            request,
            done => $"{done.Points:+0;-0} 分，余 {done.AfterPoints} 分 · {reason}",
            done => done.Points == points);
        _points = adjusted.AfterPoints;
    }

    private async Task SeeLedger() => await walk.Step<ListAnswer<EntryAnswer>>(
        "看积分明细",
        Api.Ledger(_session.AccessToken),
        list => string.Join(
            " · ", list.Items.Select(entry => $"{entry.CauseKind} {entry.Points:+0;-0} = {entry.AfterPoints}")),
        list => list.Items is [{ Points: -GiftPoints }, { Points: GivenPoints }, ..]);

    private async Task Refresh() => _session = await walk.Step<SessionAnswer>(
        "换新令牌", Api.Refresh(_session.RefreshToken), _ => "旧的 refreshToken 从此作废");

    private async Task Logout()
    {
        var answer = await walk.Ask(Api.Logout(_session.AccessToken));
        display.Step("退出登录", answer, "这台设备的令牌全部作废");
    }

    private Task ComeBack() => walk.StepRefused(
        "旧令牌再来，应被拒", Api.Me(_session.AccessToken), Refusals.Unauthenticated);
}
