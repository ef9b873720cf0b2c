namespace Pond.LocalHost.Demo;

/// <summary>Three friends buy together, and then they cut the price for a fourth, each step with what it has come to.</summary>
internal sealed class Friends(Walk walk, Display display, Run run, Opening opening, Guests guests)
{
    private const int Size = 3;
    private const int FirstFriend = 4; // of the guests
    private const int Pieces = 5;
    private const long GroupFen = 3000;
    private const long FloorFen = 1900;

    private string groupBuyId = "";
    private string groupId = "";
    private string bargainId = "";
    private string attemptId = "";

    public Stage Stage => new(
        "拼团与砍价 · Friends",
        [
            OpenGroupBuy, .. Enumerable.Range(0, Size).Select(number => (Func<Task>)(() => BuyTogether(number))),
            OpenBargain, Begin, .. Enumerable.Range(0, Size).Select(number => (Func<Task>)(() => Cut(number))),
            BuyAtTheFloor, Close,
        ]);

    private string OperatorKey => opening.Operator.Key;

    private Visitor Owner => guests.Visitors[FirstFriend + Size];

    private async Task OpenGroupBuy() => groupBuyId = await Publish(
        FriendsApi.CreateGroupBuy(
            OperatorKey, TeaShop.Tea, Size, GroupFen, Pieces, run.StartedAt, run.Key("group-buy")),
        $"{Size} 人成团，每件 {Money.Text(GroupFen)}，活动独占库存 {Pieces} 件");

    private async Task BuyTogether(int number)
    {
        var friend = guests.Visitors[FirstFriend + number];
        var key = run.Key($"group-{number}");
        var order = await walk.Ask<DealOrderAnswer>(number == 0
            ? FriendsApi.StartGroup(friend.Bearer, groupBuyId, TeaShop.Tea, key)
            : FriendsApi.JoinGroup(friend.Bearer, groupId, TeaShop.Tea, key));
        groupId = order.SubjectId;
        await Pay(friend, order.OrderId);
        var (group, answer) = await walk.LookUntil<GroupAnswer>(
            FriendsApi.Group(friend.Bearer, groupId), one => one.PaidSeats == number + 1);
        display.Step(
            $"{friend.Nickname}{(number == 0 ? "开团" : "参团")}",
            answer,
            $"付款 {Money.Text(order.PayableFen)}，{Bar(group.PaidSeats, group.LeastSeats)}"
                + (group.State == "succeeded" ? " 成团，可以发货" : ""));
    }

    private async Task OpenBargain() => bargainId = await Publish(
        FriendsApi.CreateBargain(OperatorKey, TeaShop.Tea, Size, FloorFen, Pieces, run.StartedAt, run.Key("bargain")),
        $"{Size} 刀从 {Money.Text(TeaShop.Tea.PriceFen)} 到 {Money.Text(FloorFen)}，刀数和规则事先公布");

    private async Task Begin() => attemptId = (await walk.Step<AttemptAnswer>(
        $"{Owner.Nickname}发起砍价",
        FriendsApi.StartAttempt(Owner.Bearer, bargainId, run.Key("attempt")),
        attempt => $"砍价 {attempt.AttemptId}，每一刀的金额此刻已定")).AttemptId;

    private async Task Cut(int number)
    {
        var friend = guests.Visitors[FirstFriend + number];
        var cut = await walk.Ask<CutAnswer>(FriendsApi.Help(friend.Bearer, attemptId, run.Key($"cut-{number}")));
        var (attempt, answer) = await walk.LookUntil<AttemptStandAnswer>(
            FriendsApi.Attempt(friend.Bearer, attemptId), one => one.CutsLeft < Size - number);
        display.Step(
            $"{friend.Nickname}砍一刀",
            answer,
            $"-{Money.Text(cut.CutFen)}，现价 {Money.Text(attempt.PriceFen)}，{Bar(Size - attempt.CutsLeft, Size)}");
    }

    private async Task BuyAtTheFloor()
    {
        var order = await walk.Ask<DealOrderAnswer>(
            FriendsApi.OrderAttempt(Owner.Bearer, attemptId, run.Key("attempt-order")));
        await Pay(Owner, order.OrderId);
        var (_, answer) = await walk.LookUntil<AttemptStandAnswer>(
            FriendsApi.Attempt(Owner.Bearer, attemptId), one => one.State == "done");
        display.Step($"{Owner.Nickname}底价买下", answer, $"付款 {Money.Text(order.PayableFen)}，砍价完成");
    }

    private async Task Close()
    {
        foreach (var activityId in new[] { groupBuyId, bargainId })
            await walk.Ask(FriendsApi.ChangeState(OperatorKey, activityId, "ended"));
        display.Done("活动", "已结束；剩余的活动库存稍后自动归还商品");
    }

    private async Task<string> Publish(Request creation, string told)
    {
        var drafted = await walk.Ask<ActivityAnswer>(creation);
        var published = await walk.Step<ActivityAnswer>(
            "发布活动",
            FriendsApi.ChangeState(OperatorKey, drafted.ActivityId, "published"),
            _ => told,
            activity => activity.State == "published");
        return published.ActivityId;
    }

    private async Task Pay(Visitor friend, string orderId)
    {
        var payment = await walk.Ask<PaymentAnswer>(
            BuyingApi.Pay(friend.Bearer, orderId, run.Key($"pay-{orderId}")));
        await walk.Ask<SandboxPaymentAnswer>(
            BuyingApi.RequestPayment(run.Sandbox, friend.Nickname, payment.Parameters!));
    }

    // Such as ●●○ 2/3.
    private static string Bar(int done, int of) =>
        $"{new string('●', done)}{new string('○', of - done)} {done}/{of}";
}
