using System.Net;
using Pond.LocalHost.WeChatSandbox;
using Pond.Payments;
using Pond.Platform.Storage;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.Payments;

/// <summary>PAY-02, PAY-04: money that WeChat has is announced once, whoever tells of it, how often and when.</summary>
[Rule("PAY-02")]
public sealed class HearingOfPayments(PaymentApp app) : IClassFixture<PaymentApp>
{
    [Fact]
    public async Task A_notification_is_answered_with_204_and_the_payment_announced()
    {
        var wish = await app.Begun(amountFen: 1_234);
        var paid = app.WeChat.Pay(wish.OutTradeNo);

        await app.Tell();

        Assert.DoesNotContain(app.WeChat.PendingNotifications, one => one.Number == wish.OutTradeNo);
        Assert.Equal(
            [new PaymentSucceededV1(
                wish.OutTradeNo, wish.OrderId, wish.MemberId, paid.TransactionId!, 1_234, IsAsAsked: true, paid.PaidAt!.Value)],
            app.Succeeded(wish));
    }

    [Fact]
    public async Task Doubled_reordered_and_late_notifications_announce_each_payment_once()
    {
        PaymentWish[] wishes = [await app.Begun(), await app.Begun(), await app.Begun()];
        (app.WeChat.DuplicateNotifications, app.WeChat.Levers.NewestFirst) = (3, true);
        foreach (var wish in wishes) app.WeChat.Pay(wish.OutTradeNo);
        foreach (var wish in wishes) app.WeChat.NotifyAgain(wish.OutTradeNo);
        await app.Tell();
        app.WeChat.Levers.Reset();
        app.Api.Clock.Advance(TimeSpan.FromHours(20));
        foreach (var wish in wishes) app.WeChat.NotifyAgain(wish.OutTradeNo);
        await app.Tell();

        Assert.All(wishes, wish => Assert.Single(app.Succeeded(wish)));
        Assert.Empty(app.WeChat.PendingNotifications);
    }

    [Fact]
    public async Task A_notification_that_overtakes_the_answer_of_the_preparation_is_believed()
    {
        var wish = await app.Wish();
        var isTold = false;
        app.Faults.Before = async call =>
        {
            var isPrepared = app.WeChat.Payments.Any(payment => payment.OutTradeNo == wish.OutTradeNo);
            if (isTold || !isPrepared) return;
            isTold = true;
            app.WeChat.Pay(wish.OutTradeNo);
            await app.WeChat.SendDue(CancellationToken.None);
        };
        app.Faults.Count();

        var start = await app.Begin(wish);

        (app.Faults.Before, _) = (null, app.Faults.Disarm());
        Assert.IsType<PaymentStart.Paid>(start);
        Assert.Single(app.Succeeded(wish));
    }

    [Theory]
    [InlineData(999, null)]
    [InlineData(1_001, null)]
    [InlineData(null, "somebody-else")]
    public async Task Another_amount_or_payer_than_asked_for_is_announced_as_such(int? amountFen, string? shopper)
    {
        var wish = await app.Begun(amountFen: 1_000);
        app.WeChat.Pay(wish.OutTradeNo, shopper, amountFen);

        await app.Tell();

        var succeeded = Assert.Single(app.Succeeded(wish));
        Assert.Equal((false, amountFen ?? 1_000), (succeeded.IsAsAsked, succeeded.AmountFen));
    }

    [Fact]
    [Rule("PAY-07")]
    public async Task Money_under_a_number_that_was_never_ours_is_a_ticket_and_WeChat_need_not_come_again()
    {
        var payer = app.AtWeChat(await app.Begun()).OpenId;
        var strange = new PrepayRequest(
            "made-by-hand-01", "手工单", 700, payer, app.Api.Clock.GetUtcNow().AddHours(1), NotifyPayment.Path);
        Assert.IsType<PrepayOutcome.Ready>(await app.Client.Prepay(strange, CancellationToken.None));
        app.WeChat.Pay(strange.OutTradeNo);
        app.WeChat.DuplicateNotifications = 2;

        await app.Tell();
        app.WeChat.Levers.Reset();
        app.WeChat.NotifyAgain(strange.OutTradeNo);
        await app.Tell();

        var ticket = Assert.Single(await app.TicketsOf(strange.OutTradeNo));
        Assert.Equal(("strangePayment", 700), (ticket.Text("kind"), ticket.Whole("amountFen")));
        Assert.DoesNotContain(app.WeChat.PendingNotifications, one => one.Number == strange.OutTradeNo);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Api.Operator().Get("/api/operator/payments/made-by-hand-01")).StatusCode);
    }

    [Fact]
    public async Task While_the_store_does_not_answer_WeChat_is_asked_to_come_again()
    {
        var wish = await app.Begun();
        app.WeChat.Pay(wish.OutTradeNo);
        app.Faults.Arm(call => call.Kind is PortCallKind.Commit, FaultWay.FailsBefore, times: 100);
        await app.WeChat.SendDue(CancellationToken.None);
        app.Faults.Disarm();
        Assert.Contains(app.WeChat.PendingNotifications, one => one.Number == wish.OutTradeNo);
        Assert.Empty(app.Succeeded(wish));

        app.Api.Clock.Advance(TimeSpan.FromSeconds(15));
        await app.Tell();

        Assert.Single(app.Succeeded(wish));
        Assert.DoesNotContain(app.WeChat.PendingNotifications, one => one.Number == wish.OutTradeNo);
    }

    [Theory]
    [InlineData(FaultWay.FailsBefore)]
    [InlineData(FaultWay.FailsAfter)]
    [InlineData(FaultWay.LandsBeforeNextCommit)]
    public async Task A_commit_whose_answer_is_lost_announces_once(FaultWay way)
    {
        var wish = await app.Begun();
        app.WeChat.Pay(wish.OutTradeNo);
        app.Faults.Arm(call => call.Name == $"commit {PaymentRows.Partition(wish.OutTradeNo)}", way);

        await app.Tell();

        app.Faults.Disarm();
        Assert.Single(app.Succeeded(wish));
        Assert.Equal("paid", await app.State(wish));
    }

    [Fact]
    [Rule("PAY-04")]
    public async Task A_payment_whose_notification_was_lost_is_found_by_asking()
    {
        app.WeChat.Levers.Lost = true;
        var wish = await app.Begun();
        app.WeChat.Pay(wish.OutTradeNo);
        app.WeChat.Levers.Reset();

        await app.Pass(minutes: 1);
        Assert.Empty(app.Succeeded(wish));
        await app.Pass(minutes: 3);

        Assert.True(Assert.Single(app.Succeeded(wish)).IsAsAsked);
        app.WeChat.NotifyAgain(wish.OutTradeNo);
        await app.Tell();
        Assert.Single(app.Succeeded(wish));
    }

    [Fact]
    [Rule("PAY-04")]
    public async Task WeChat_is_asked_again_and_again_until_it_is_paid()
    {
        app.WeChat.Levers.Lost = true;
        var wish = await app.Begun(minutes: 300);
        foreach (var minutes in new[] { 3, 4, 6, 30, 60 }) await app.Pass(minutes);
        app.SilenceQueries(wish);
        await app.Pass(minutes: 65);
        app.Failures.Clear();
        app.WeChat.Pay(wish.OutTradeNo);
        app.WeChat.Levers.Reset();

        await app.Pass(minutes: 65);

        Assert.Single(app.Succeeded(wish));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await app.Book(wish)).GetProperty("nextCheckAt").ValueKind);
    }

    [Fact]
    public async Task A_body_over_64_KiB_is_refused_before_anything_is_looked_into()
    {
        var before = StoredRow.All(app.Api);
        foreach (var path in new[] { NotifyPayment.Path, NotifyRefund.Path })
        {
            using var body = new ByteArrayContent(new byte[PayNotifications.BodyBytesMax + 1]);
            var answer = await app.Api.Http.PostAsync(path, body);
            Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "payment.large_notification"), (answer.StatusCode, await answer.Code()));
        }

        Assert.Equal(before, StoredRow.All(app.Api));
    }

    [Fact]
    public async Task While_nobody_can_say_whether_it_is_WeChat_s_it_is_asked_to_come_again()
    {
        var wish = await app.Begun();
        app.WeChat.Pay(wish.OutTradeNo);
        app.WeChat.RotateCertificate();
        app.Failures.Add(new Failure("/v3/certificates", FailureKind.Status, 1_000));
        app.Api.Clock.Advance(TimeSpan.FromMinutes(2));

        await app.WeChat.SendDue(CancellationToken.None);

        app.Failures.Clear();
        Assert.Empty(app.Succeeded(wish));
        Assert.Contains(app.WeChat.PendingNotifications, one => one.Number == wish.OutTradeNo);
        app.Api.Clock.Advance(TimeSpan.FromMinutes(15));
        await app.Tell();
        Assert.Single(app.Succeeded(wish));
    }
}
