using Pond.LocalHost.WeChatSandbox;
using Pond.Payments;

namespace Pond.Tests.Payments;

/// <summary>PAY-01: what somebody is to pay is kept before WeChat hears of it, and is paid once.</summary>
[Rule("PAY-01")]
public sealed class BeginningPayments(PaymentApp app) : IClassFixture<PaymentApp>
{
    [Fact]
    public async Task The_phone_gets_parameters_for_what_WeChat_has_prepared()
    {
        var wish = await app.Wish(amountFen: 2_599);

        var ready = Assert.IsType<PaymentStart.Ready>(await app.Begin(wish));

        var prepared = app.AtWeChat(wish);
        Assert.Equal($"prepay_id={prepared.PrepayId}", ready.Parameters.Package);
        Assert.Equal(("RSA", 2_599, wish.PayBy), (ready.Parameters.SignType, prepared.AmountFen, prepared.ExpiresAt));
        Assert.Equal("prepared", await app.State(wish));
    }

    [Fact]
    public async Task The_same_again_gives_fresh_parameters_and_stays_one_payment()
    {
        var wish = await app.Begun();
        var first = app.AtWeChat(wish).PrepayId;
        app.Api.Clock.Advance(TimeSpan.FromMinutes(1));

        var ready = Assert.IsType<PaymentStart.Ready>(await app.Begin(wish));

        Assert.NotEqual($"prepay_id={first}", ready.Parameters.Package);
        Assert.Equal($"prepay_id={app.AtWeChat(wish).PrepayId}", ready.Parameters.Package);
    }

    [Fact]
    public async Task Twenty_taps_at_once_are_one_payment()
    {
        var wish = await app.Wish();

        var starts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => app.Begin(wish))));

        Assert.All(starts, start => Assert.IsType<PaymentStart.Ready>(start));
        Assert.Single(app.WeChat.Payments, payment => payment.OutTradeNo == wish.OutTradeNo);
        Assert.Single(StoredRow.All(app.Api), row => row.Partition == PaymentRows.Partition(wish.OutTradeNo)
            && row.Key == PaymentRows.Head);
    }

    [Fact]
    public async Task Another_amount_or_payer_under_the_same_number_is_refused()
    {
        var wish = await app.Begun();

        foreach (var other in new[] { wish with { AmountFen = 1 }, wish with { MemberId = (await app.Wish()).MemberId } })
        {
            var notNow = Assert.IsType<PaymentStart.NotNow>(await app.Begin(other));
            Assert.Equal(PaymentRefusals.Differs, notNow.Why);
        }

        Assert.Equal(1_000, app.AtWeChat(wish).AmountFen);
    }

    [Fact]
    public async Task What_was_paid_meanwhile_is_found_before_it_is_prepared_again()
    {
        var wish = await app.Begun();
        app.WeChat.Pay(wish.OutTradeNo);

        Assert.IsType<PaymentStart.Paid>(await app.Begin(wish));

        Assert.True(Assert.Single(app.Succeeded(wish)).IsAsAsked);
        Assert.Equal("paid", await app.State(wish));
        await app.Tell();
        Assert.IsType<PaymentStart.Paid>(await app.Begin(wish));
        Assert.Single(app.Succeeded(wish));
    }

    [Theory]
    [InlineData(FailureKind.Lost)]
    [InlineData(FailureKind.Status)]
    [InlineData(FailureKind.WrongSignature)]
    public async Task Without_an_answer_nothing_is_guessed_and_the_next_try_gets_one(FailureKind kind)
    {
        var wish = await app.Wish();
        app.Failures.Add(new Failure(PaymentApp.Prepay, kind));

        var notNow = Assert.IsType<PaymentStart.NotNow>(await app.Begin(wish));
        Assert.Equal(PaymentRefusals.NoAnswer, notNow.Why);
        Assert.Equal("prepared", await app.State(wish));

        Assert.IsType<PaymentStart.Ready>(await app.Begin(wish));
    }

    [Fact]
    public async Task When_WeChat_does_not_say_whether_it_was_paid_it_is_not_prepared_again()
    {
        var wish = await app.Begun();
        var prepayId = app.AtWeChat(wish).PrepayId;
        app.SilenceQueries(wish);

        var notNow = Assert.IsType<PaymentStart.NotNow>(await app.Begin(wish));

        app.Failures.Clear();
        Assert.Equal(PaymentRefusals.NoAnswer, notNow.Why);
        Assert.Equal(prepayId, app.AtWeChat(wish).PrepayId);
    }

    [Fact]
    public async Task What_WeChat_does_not_take_is_said_so()
    {
        var wish = await app.Wish();
        app.Failures.Add(new Failure(PaymentApp.Prepay, FailureKind.Status, Status: 403));

        var notNow = Assert.IsType<PaymentStart.NotNow>(await app.Begin(wish));

        Assert.Equal(PaymentRefusals.NotTaken, notNow.Why);
    }

    [Fact]
    public async Task After_the_last_moment_nothing_is_begun()
    {
        var (late, begun) = (await app.Wish(minutes: 5), await app.Begun(minutes: 5));
        app.Api.Clock.Advance(TimeSpan.FromMinutes(5));

        foreach (var wish in new[] { late, begun })
        {
            var notNow = Assert.IsType<PaymentStart.NotNow>(await app.Begin(wish));
            Assert.Equal(PaymentRefusals.TooLate, notNow.Why);
        }

        Assert.DoesNotContain(app.WeChat.Payments, payment => payment.OutTradeNo == late.OutTradeNo);
    }

    [Fact]
    public async Task Who_has_left_pays_nothing()
    {
        var wish = await app.Wish() with { MemberId = Pond.Platform.Ids.From("nobody") };

        var notNow = Assert.IsType<PaymentStart.NotNow>(await app.Begin(wish));

        Assert.Equal(PaymentRefusals.NoPayer, notNow.Why);
    }

    [Fact]
    public async Task No_row_names_the_openid_of_the_payer()
    {
        var wish = await app.Paid();
        await app.Refund(wish, 400);

        var openId = app.AtWeChat(wish).OpenId;
        Assert.DoesNotContain(StoredRow.All(app.Api), row => row.Data.Contains(openId, StringComparison.Ordinal));
    }
}
