using Pond.LocalHost.WeChatSandbox;
using Pond.Payments;

namespace Pond.Tests.Payments;

/// <summary>PAY-03: an order is cancelled only once WeChat says that nobody has paid and nobody can.</summary>
[Rule("PAY-03")]
public sealed class ClosingPayments(PaymentApp app) : IClassFixture<PaymentApp>
{
    [Fact]
    public async Task An_unpaid_one_is_closed_at_WeChat_and_said_to_be()
    {
        var wish = await app.Begun();

        await app.Close(wish);

        Assert.Equal(SandboxTradeState.Closed, app.AtWeChat(wish).State);
        Assert.Throws<InvalidOperationException>(() => app.WeChat.Pay(wish.OutTradeNo));
        Assert.Single(app.Closed(wish));
        Assert.Empty(app.Succeeded(wish));
        Assert.IsType<PaymentStart.Closed>(await app.Begin(wish));
    }

    [Fact]
    public async Task One_that_was_paid_a_moment_ago_is_paid()
    {
        var wish = await app.Begun();
        app.WeChat.Pay(wish.OutTradeNo);

        await app.Close(wish);
        await app.Tell();

        Assert.Single(app.Succeeded(wish));
        Assert.Empty(app.Closed(wish));
        Assert.Equal("paid", await app.State(wish));
    }

    [Fact]
    public async Task One_that_nobody_had_begun_can_never_be_begun()
    {
        var wish = await app.Wish();

        await app.Close(wish);

        Assert.Single(app.Closed(wish));
        Assert.IsType<PaymentStart.Closed>(await app.Begin(wish));
        Assert.DoesNotContain(app.WeChat.Payments, payment => payment.OutTradeNo == wish.OutTradeNo);
    }

    [Fact]
    public async Task One_of_which_WeChat_never_heard_is_closed()
    {
        var wish = await app.Wish();
        app.Failures.Add(new Failure(PaymentApp.Prepay, FailureKind.Drop, 10));
        Assert.IsType<PaymentStart.NotNow>(await app.Begin(wish));
        app.Failures.Clear();

        await app.Close(wish);

        Assert.Single(app.Closed(wish));
        Assert.Equal("closed", await app.State(wish));
    }

    [Fact]
    public async Task A_preparation_that_was_still_on_its_way_then_is_found_and_closed_after_all()
    {
        var wish = await app.Wish(minutes: 60);
        app.Failures.Add(new Failure(PaymentApp.Prepay, FailureKind.Drop, 10));
        await app.Begin(wish);
        app.Failures.Clear();
        await app.Close(wish);
        var payer = app.AtWeChat(await app.Begun()).OpenId;
        await app.Client.Prepay(
            new(wish.OutTradeNo, wish.Description, wish.AmountFen, payer, wish.PayBy, NotifyPayment.Path), default);

        await app.Pass(minutes: 65);

        Assert.Equal(SandboxTradeState.Closed, app.AtWeChat(wish).State);
    }

    [Fact]
    [Rule("PAY-04")]
    public async Task Once_no_preparation_can_be_on_its_way_any_more_nobody_asks_again()
    {
        var wish = await app.Wish(minutes: 60);
        app.Failures.Add(new Failure(PaymentApp.Prepay, FailureKind.Drop, 10));
        await app.Begin(wish);
        app.Failures.Clear();
        await app.Close(wish);

        await app.Pass(minutes: 65);

        Assert.Equal("closed", await app.State(wish));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await app.Book(wish)).GetProperty("nextCheckAt").ValueKind);
    }

    [Fact]
    public async Task While_WeChat_gives_no_answer_it_stays_open_and_the_sweep_goes_on_with_it()
    {
        var wish = await app.Begun();
        app.SilenceQueries(wish);
        await app.Close(wish);
        Assert.Equal(("prepared", 0), (await app.State(wish), app.Closed(wish).Count));
        await app.Pass(minutes: 10);
        Assert.Equal("prepared", await app.State(wish));
        Assert.IsType<PaymentStart.NotNow>(await app.Begin(wish));
        app.Failures.Clear();

        await app.Api.Fire(nameof(CheckPayments)); // without the message, which may lie among the poisoned ones
        app.Api.Clock.Advance(TimeSpan.FromMinutes(30));
        await app.Api.Fire(nameof(CheckPayments));

        Assert.Single(app.Closed(wish));
        Assert.Equal(SandboxTradeState.Closed, app.AtWeChat(wish).State);
    }

    [Fact]
    public async Task One_that_is_to_be_closed_is_not_begun_again_and_may_be_paid_all_the_same()
    {
        var wish = await app.Begun();
        app.SilenceQueries(wish);
        await app.Close(wish);
        app.Failures.Clear();
        app.WeChat.Pay(wish.OutTradeNo);

        var start = await app.Begin(wish);

        Assert.Equal(PaymentRefusals.Closed, Assert.IsType<PaymentStart.NotNow>(start).Why);
        await app.Tell();
        Assert.Single(app.Succeeded(wish));
        Assert.Empty(app.Closed(wish));
    }

    [Fact]
    public async Task A_close_whose_answer_is_lost_is_closed_and_said_once()
    {
        var wish = await app.Begun();
        app.Failures.Add(new Failure(
            $"/v3/pay/transactions/out-trade-no/{wish.OutTradeNo}/close", FailureKind.Lost));

        await app.Close(wish);
        await app.Pass(minutes: 10);

        Assert.Single(app.Closed(wish));
    }

    [Fact]
    public async Task Who_asks_again_is_told_again()
    {
        var wish = await app.Begun();
        await app.Close(wish);

        await app.Close(wish);

        Assert.Equal(2, app.Closed(wish).Count);
        Assert.Equal(app.Closed(wish)[0].OrderId, app.Closed(wish)[1].OrderId);
    }

    [Fact]
    [Rule("PAY-02")]
    public async Task Money_that_comes_after_closing_is_announced_for_the_order_to_decide()
    {
        var wish = await app.Begun();
        await app.Close(wish);
        app.WeChat.Pay(wish.OutTradeNo, force: true);

        await app.Tell();

        Assert.True(Assert.Single(app.Succeeded(wish)).IsAsAsked);
        Assert.Equal("paid", await app.State(wish));
    }

    [Fact]
    public async Task Money_for_what_was_never_asked_for_is_not_as_asked()
    {
        var wish = await app.Wish();
        await app.Close(wish);
        var payer = app.AtWeChat(await app.Begun()).OpenId;
        await app.Client.Prepay(
            new(wish.OutTradeNo, wish.Description, wish.AmountFen, payer, wish.PayBy, NotifyPayment.Path), default);
        app.WeChat.Pay(wish.OutTradeNo);

        await app.Tell();

        Assert.False(Assert.Single(app.Succeeded(wish)).IsAsAsked);
    }

    [Fact]
    [Rule("PAY-04")]
    public async Task One_that_nobody_paid_in_time_is_closed_without_anybody_asking()
    {
        var wish = await app.Begun(minutes: 15);

        await app.Pass(minutes: 14);
        Assert.Equal("prepared", await app.State(wish));
        await app.Pass(minutes: 10);

        Assert.Equal("closed", await app.State(wish));
        Assert.Equal(SandboxTradeState.Closed, app.AtWeChat(wish).State);
    }

    [Fact]
    public async Task Paying_and_closing_at_once_come_to_one_of_both()
    {
        var wishes = new List<PaymentWish>();
        for (var i = 0; i < 10; i++) wishes.Add(await app.Begun());

        await Task.WhenAll(wishes.Select(wish => Task.Run(async () =>
        {
            try
            {
                app.WeChat.Pay(wish.OutTradeNo);
            }
            catch (InvalidOperationException)
            {
                // closed before
            }

            await app.WeChat.SendDue(CancellationToken.None);
        })).Concat(wishes.Select(wish => Task.Run(() => app.Close(wish)))));
        await app.Pass(minutes: 10);
        await app.Tell();

        Assert.All(wishes, wish =>
        {
            var isPaid = app.AtWeChat(wish).TransactionId is not null;
            Assert.Equal(isPaid ? 1 : 0, app.Succeeded(wish).Count);
            Assert.Equal(isPaid, app.Closed(wish).Count == 0);
        });
    }
}
