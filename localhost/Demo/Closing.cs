namespace Pond.LocalHost.Demo;

/// <summary>What the summary tells of a member.</summary>
/// <param name="StreakDays">Null when only an earlier run knows it.</param>
internal sealed record MemberRow(string Nickname, long SpendablePoints, int? StreakDays, int CouponCount);

/// <summary>The shop closes: what everybody has, what became of the stock, and the demo's operator goes.</summary>
internal sealed class Closing(Walk walk, Display display, Run run, Opening opening, Guests guests)
{
    private readonly List<MemberRow> members = [];
    private readonly List<StockAnswer> stock = [];

    public IReadOnlyList<MemberRow> Members => members;

    public IReadOnlyList<StockAnswer> Stock => stock;

    public Stage Stage => new("打烊盘点 · Closing", [CountMembers, CountStock, RevokeOperator]);

    private async Task CountMembers()
    {
        foreach (var visitor in guests.Visitors)
        {
            var due = visitor.Coupons.Where(coupon => coupon.ValidUntil > run.StartedAt)
                .Select(coupon => coupon.CouponId).ToList();
            var (wallet, _) = await walk.LookUntil<ListAnswer<CouponAnswer>>(
                Api.Wallet(visitor.Bearer), list => !due.Except(list.Items.Select(coupon => coupon.CouponId)).Any());
            var points = await walk.Ask<PointsAnswer>(Api.Points(visitor.Bearer));
            members.Add(new MemberRow(
                visitor.Nickname, points.SpendablePoints, visitor.StreakDays, wallet.Items.Count));
        }

        display.Done("会员", $"{members.Count} 位，券包都已到账");
    }

    private async Task CountStock()
    {
        foreach (var plan in TeaShop.Plans)
            stock.Add(await walk.Ask<StockAnswer>(Api.Template(opening.Operator.Key, opening.TemplateIds[plan])));
        display.Done("优惠券", $"共领出 {stock.Sum(one => one.ClaimedCount)} 张");
    }

    private async Task RevokeOperator()
    {
        await walk.Ask(Api.RevokeOperator(run.BootstrapKey, opening.Operator.OperatorId));
        display.Done(Opening.OperatorName, "密钥已吊销");
    }
}
