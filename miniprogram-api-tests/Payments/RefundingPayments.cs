using Pond.LocalHost.WeChatSandbox;
using Pond.Payments;

namespace Pond.Tests.Payments;

/// <summary>PAY-05, PAY-06: what is to go back goes back once, whatever happens to calls and notifications.</summary>
[Rule("PAY-05")]
public sealed class RefundingPayments(PaymentApp app) : IClassFixture<PaymentApp>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        (app.WeChat.HasFunds, app.WeChat.HoldsRefunds) = (true, false);
        app.WeChat.Levers.Reset();
        app.Failures.Clear();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_whole_of_it_goes_back_and_is_said_once()
    {
        var wish = await app.Paid(1_000);

        var number = await app.Refund(wish, 1_000);
        await Finish();

        var settled = Assert.Single(app.Settled(wish));
        Assert.Equal((number, wish.OrderId, wish.MemberId, 1_000), (settled.RefundNo, settled.OrderId, settled.MemberId, settled.AmountFen));
        Assert.Equal(1_000, app.AtWeChat(wish).RefundedFen);
        Assert.Equal("settled", (await app.RefundOf(wish, number)).Text("state"));
    }

    [Fact]
    public async Task Parts_go_back_one_after_the_other_and_never_two_at_once()
    {
        var wish = await app.Paid(1_000);
        app.WeChat.HoldsRefunds = true;

        await app.Refund(wish, 300, "1");
        await app.Refund(wish, 500, "2");
        await app.Refund(wish, 200, "3");
        await app.Pass(minutes: 30);

        for (var done = 1; done <= 3; done++)
        {
            Assert.Equal(done, app.RefundsAtWeChat(wish).Count);
            app.WeChat.SettleRefunds();
            await app.Tell();
            await app.Pass(minutes: 5);
        }

        Assert.Equal([300, 500, 200], app.Settled(wish).Select(one => one.AmountFen));
        Assert.Equal(1_000, app.AtWeChat(wish).RefundedFen);
    }

    [Theory]
    [InlineData(FailureKind.Lost)]
    [InlineData(FailureKind.Drop)]
    [InlineData(FailureKind.WrongSignature)]
    public async Task A_lost_answer_is_asked_for_and_the_money_goes_back_once(FailureKind kind)
    {
        var wish = await app.Paid();
        app.Failures.Add(new Failure(PaymentApp.Refunds, kind));

        var number = await app.Refund(wish, 600);
        Assert.Equal("sending", (await app.RefundOf(wish, number)).Text("state"));
        await Finish();

        Assert.Single(app.Settled(wish));
        Assert.Equal(number, Assert.Single(app.RefundsAtWeChat(wish)).RefundNo);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(429)]
    public async Task A_busy_or_broken_WeChat_is_tried_again_under_the_same_number(int status)
    {
        var wish = await app.Paid();
        app.Failures.Add(new Failure(PaymentApp.Refunds, FailureKind.Status, Times: 3, Status: status));

        var number = await app.Refund(wish, 600);
        for (var tries = 0; tries < 5; tries++) await app.Pass(minutes: 12);
        await Finish();

        Assert.Single(app.Settled(wish));
        Assert.Equal(number, Assert.Single(app.RefundsAtWeChat(wish)).RefundNo);
    }

    [Fact]
    public async Task A_notification_before_the_answer_and_twice_settles_once()
    {
        var wish = await app.Paid();
        app.WeChat.HoldsRefunds = true;
        app.Failures.Add(new Failure(PaymentApp.Refunds, FailureKind.Lost));
        await app.Refund(wish, 600);
        app.WeChat.DuplicateNotifications = 2;
        app.WeChat.SettleRefunds();

        await app.Tell();
        Assert.Single(app.Settled(wish));
        await Finish();

        Assert.Single(app.Settled(wish));
        Assert.Single(app.RefundsAtWeChat(wish));
        Assert.Empty(app.WeChat.PendingNotifications);
    }

    [Fact]
    public async Task Without_a_notification_it_is_asked_for()
    {
        var wish = await app.Paid();
        app.WeChat.Levers.Lost = true;
        var number = await app.Refund(wish, 600);
        Assert.Equal("processing", (await app.RefundOf(wish, number)).Text("state"));

        await app.Pass(minutes: 5);

        Assert.Single(app.Settled(wish));
    }

    [Fact]
    public async Task The_same_wish_twice_goes_back_once()
    {
        var wish = await app.Paid(1_000);

        await app.Refund(wish, 400);
        await app.Refund(wish, 400);
        await Finish();

        Assert.Single(app.Settled(wish));
        Assert.Equal(400, app.AtWeChat(wish).RefundedFen);
        Assert.Empty(await app.TicketsOf(wish.OutTradeNo));
    }

    [Fact]
    [Rule("PAY-07")]
    public async Task More_than_was_paid_never_goes_back_and_a_person_hears_of_it()
    {
        var wish = await app.Paid(1_000);
        await app.Refund(wish, 700, "1");

        await app.Refund(wish, 301, "2");
        await app.Refund(wish, 300, "3");
        for (var i = 0; i < 3; i++) await Finish();

        Assert.Equal(1_000, app.AtWeChat(wish).RefundedFen);
        var ticket = Assert.Single(await app.TicketsOf(wish.OutTradeNo));
        Assert.Equal(("refundDeclined", 301), (ticket.Text("kind"), ticket.Whole("amountFen")));
    }

    [Fact]
    [Rule("PAY-07")]
    public async Task For_what_is_not_paid_or_not_there_nothing_goes_back()
    {
        var (unpaid, nowhere) = (await app.Begun(), await app.Wish());

        await app.Refund(unpaid, 100);
        await app.Refund(nowhere, 100);

        foreach (var wish in new[] { unpaid, nowhere })
        {
            Assert.Equal("refundDeclined", Assert.Single(await app.TicketsOf(wish.OutTradeNo)).Text("kind"));
            Assert.Empty(app.RefundsAtWeChat(wish));
        }
    }

    [Fact]
    public async Task Where_something_else_was_paid_than_asked_for_what_was_paid_goes_back()
    {
        var wish = await app.Begun(1_000);
        app.WeChat.Pay(wish.OutTradeNo, amountFen: 1_500);
        await app.Tell();

        await app.Refund(wish, 1_500);
        await Finish();

        Assert.Equal(1_500, app.AtWeChat(wish).RefundedFen);
    }

    [Fact]
    [Rule("PAY-06")]
    public async Task Without_money_on_the_account_it_waits_with_a_ticket_that_closes_once_there_is_some()
    {
        var wish = await app.Paid();
        app.WeChat.HasFunds = false;
        var number = await app.Refund(wish, 600);
        for (var tries = 0; tries < 7; tries++) await app.Pass(minutes: 62);
        Assert.Equal("refundStuck", Assert.Single(await app.TicketsOf(wish.OutTradeNo)).Text("kind"));
        Assert.Equal("NOTENOUGH", Assert.Single(await app.TicketsOf(wish.OutTradeNo)).Text("detail"));

        app.WeChat.HasFunds = true;
        await app.Pass(minutes: 62);
        await Finish();

        Assert.Equal(number, Assert.Single(app.RefundsAtWeChat(wish)).RefundNo);
        Assert.Single(app.Settled(wish));
        Assert.Empty(await app.TicketsOf(wish.OutTradeNo));
    }

    [Fact]
    [Rule("PAY-06")]
    public async Task After_WeChat_has_closed_it_a_person_has_it_sent_under_the_next_number()
    {
        var wish = await app.Paid();
        app.WeChat.HoldsRefunds = true;
        var number = await app.Refund(wish, 600);
        app.WeChat.SettleRefunds(SandboxRefundStatus.Closed);
        await app.Tell();
        var ticket = Assert.Single(await app.TicketsOf(wish.OutTradeNo));
        Assert.Equal("refundClosed", ticket.Text("kind"));
        await app.Pass(minutes: 120);
        Assert.Single(app.RefundsAtWeChat(wish)); // nothing is sent again by itself

        app.WeChat.HoldsRefunds = false;
        (await app.Settle(ticket, "retried")).EnsureSuccessStatusCode();
        await app.Api.Deliver();
        await Finish();

        Assert.Equal([number, $"{number}-2"], app.RefundsAtWeChat(wish).Select(refund => refund.RefundNo));
        Assert.Equal(number, Assert.Single(app.Settled(wish)).RefundNo);
        Assert.Equal(600, app.AtWeChat(wish).RefundedFen);
    }

    [Fact]
    [Rule("PAY-06")]
    public async Task Where_the_account_does_not_take_it_a_person_pays_by_hand_and_the_order_hears_so_once()
    {
        var wish = await app.Paid();
        app.WeChat.HoldsRefunds = true;
        var number = await app.Refund(wish, 600);
        app.WeChat.SettleRefunds(SandboxRefundStatus.Abnormal);
        await app.Pass(minutes: 5); // found by asking
        await app.Tell(); // and told
        var ticket = Assert.Single(await app.TicketsOf(wish.OutTradeNo));
        Assert.Equal("refundAbnormal", ticket.Text("kind"));
        Assert.Empty(app.Settled(wish));

        (await app.Settle(ticket, "paidBackByHand")).EnsureSuccessStatusCode();
        await app.Api.Deliver();
        await Finish();

        Assert.Equal((number, 600), (Assert.Single(app.Settled(wish)).RefundNo, app.Settled(wish)[0].AmountFen));
        Assert.Equal("paidByHand", (await app.RefundOf(wish, number)).Text("state"));
    }

    [Theory]
    [InlineData(FaultWay.FailsBefore)]
    [InlineData(FaultWay.FailsAfter)]
    [InlineData(FaultWay.LandsBeforeNextCommit)]
    public async Task Commits_whose_answers_are_lost_pay_back_once(FaultWay way)
    {
        var wish = await app.Paid();
        app.Faults.Arm(call => call.Name == $"commit {PaymentRows.Partition(wish.OutTradeNo)}", way, times: 3);

        await app.Refund(wish, 600);
        app.Faults.Disarm();
        await Finish();
        await Finish();

        Assert.Single(app.Settled(wish));
        Assert.Single(app.RefundsAtWeChat(wish));
    }

    [Fact]
    [Rule("PAY-07")]
    public async Task A_refund_that_nobody_here_asked_for_is_a_ticket()
    {
        var wish = await app.Paid();
        await app.Client.Refund(
            new("made-by-hand", wish.OutTradeNo, 100, 1_000, "手工", NotifyRefund.Path), CancellationToken.None);
        app.Api.Clock.Advance(TimeSpan.FromSeconds(5));

        await app.Tell();

        Assert.Equal("strangeRefund", Assert.Single(await app.TicketsOf(wish.OutTradeNo)).Text("kind"));
    }

    [Fact]
    public async Task In_the_end_our_books_are_WeChat_s()
    {
        var sums = new List<(PaymentWish Wish, long Fen)>();
        for (var i = 0; i < 4; i++) sums.Add((await app.Paid(1_000 + i), 0));
        app.Failures.Add(new Failure(PaymentApp.Refunds, FailureKind.Lost, Times: 2));
        app.Failures.Add(new Failure(PaymentApp.Refunds, FailureKind.Status, Times: 2, Status: 500));
        foreach (var (wish, _) in sums)
        {
            await app.Refund(wish, 100, "1");
            await app.Refund(wish, 200, "2");
        }

        for (var i = 0; i < 12; i++) await Finish();

        foreach (var (wish, _) in sums)
        {
            var (book, paid) = (await app.Book(wish), app.AtWeChat(wish));
            Assert.Equal((paid.TransactionId, paid.PaidFen), (book.Text("transactionId"), book.Whole("paidFen")));
            Assert.Equal(
                app.RefundsAtWeChat(wish).Select(refund => (refund.RefundNo, refund.AmountFen, refund.RefundId)).Order(),
                book.GetProperty("refunds").EnumerateArray()
                    .Select(refund => (refund.Text("weChatNo"), refund.Whole("amountFen"), refund.Text("refundId"))).Order());
            Assert.Equal(paid.RefundedFen, app.Settled(wish).Sum(settled => settled.AmountFen));
        }
    }

    // Time for WeChat to pay back and to tell, and for us to ask.
    private async Task Finish()
    {
        await app.Pass(minutes: 12);
        await app.Tell();
        await app.Pass(minutes: 12);
    }
}
