using System.Net;
using Pond.LocalHost.WeChatSandbox;
using Pond.Payments;
using Pond.Tests.Operators;

namespace Pond.Tests.Payments;

/// <summary>PAY-07: what needs a person waits for one, who decides once and says why.</summary>
[Rule("PAY-07")]
public sealed class SettlingTickets(PaymentApp app) : IClassFixture<PaymentApp>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        app.WeChat.HoldsRefunds = false;
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_decision_is_made_once_stands_in_the_audit_and_the_same_key_hears_it_again()
    {
        var (_, ticket) = await Declined();
        var key = Phone.NewKey();

        var first = await (await app.Settle(ticket, "ignored", key)).Json();
        var again = await (await app.Settle(ticket, "ignored", key)).Json();
        var other = await app.Settle(ticket, "ignored");
        await app.Api.Deliver();

        Assert.Equal("ignored", first.Text("how"));
        Assert.Equal(first.ToString(), again.ToString());
        Assert.Equal((HttpStatusCode.Conflict, "payment_ticket.settled"), (other.StatusCode, await other.Code()));
        var line = Assert.Single(await app.Api.AuditOf(ticket.Text("ticketId")));
        Assert.Equal(
            ("payment_ticket.settle", "已与顾客联系", "open", "ignored"),
            (line.Text("action"), line.Text("reason"), line.Text("before"), line.Text("after")));
        Assert.DoesNotContain(await app.Api.Operator().AllPages(PaymentApp.Tickets, 2), one =>
            one.Text("ticketId") == ticket.Text("ticketId"));
    }

    [Fact]
    public async Task Twenty_who_decide_at_once_find_one_decision()
    {
        var (wish, ticket) = await Stopped(SandboxRefundStatus.Abnormal);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            app.Settle(ticket, i % 2 == 0 ? "paidBackByHand" : "retried"))));
        await app.Api.Deliver();
        await app.Pass(minutes: 90);

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode is HttpStatusCode.Conflict));
        Assert.True(app.Settled(wish).Count <= 1);
        Assert.Single(app.RefundsAtWeChat(wish));
    }

    [Fact]
    public async Task Money_that_is_owed_cannot_be_ignored_and_what_is_no_refund_cannot_be_sent_again()
    {
        var (_, declined) = await Declined();
        var (_, abnormal) = await Stopped(SandboxRefundStatus.Abnormal);

        Assert.Equal("payment_ticket.not_a_refund", await (await app.Settle(declined, "retried")).Code());
        Assert.Equal("payment_ticket.money_owed", await (await app.Settle(abnormal, "ignored")).Code());
    }

    [Fact]
    public async Task A_retry_that_ends_in_the_same_way_is_a_new_ticket()
    {
        var (wish, first) = await Stopped(SandboxRefundStatus.Abnormal);

        (await app.Settle(first, "retried")).EnsureSuccessStatusCode();
        await app.Api.Deliver();

        var second = Assert.Single(await app.TicketsOf(wish.OutTradeNo));
        Assert.NotEqual(first.Text("ticketId"), second.Text("ticketId"));
        Assert.Equal("refundAbnormal", second.Text("kind"));
        Assert.Single(app.RefundsAtWeChat(wish));
    }

    [Fact]
    public async Task A_declined_refund_that_a_person_pays_by_hand_is_settled_for_the_order()
    {
        var (wish, ticket) = await Declined();

        (await app.Settle(ticket, "paidBackByHand")).EnsureSuccessStatusCode();
        await app.Api.Deliver();

        Assert.Equal(5_000, Assert.Single(app.Settled(wish)).AmountFen);
        Assert.Empty(app.RefundsAtWeChat(wish));
    }

    [Fact]
    public async Task When_WeChat_pays_back_what_a_person_has_paid_back_another_ticket_says_so()
    {
        var (wish, ticket) = await Stuck();
        (await app.Settle(ticket, "paidBackByHand")).EnsureSuccessStatusCode();
        await app.Api.Deliver();
        app.WeChat.SettleRefunds();

        await app.Tell();

        Assert.Single(app.Settled(wish));
        Assert.Equal("refundedTwice", Assert.Single(await app.TicketsOf(wish.OutTradeNo)).Text("kind"));
    }

    [Fact]
    public async Task Finance_alone_decides_and_everybody_may_look()
    {
        var (_, ticket) = await Declined();
        var service = await app.Api.OperatorWith("service");
        var finance = await app.Api.OperatorWith("finance");
        var path = $"{PaymentApp.Tickets}/{ticket.Text("ticketId")}/settlement";
        var wish = new { how = "ignored", reason = "测试单" };

        Assert.Equal(HttpStatusCode.Forbidden, (await service.Post(path, wish)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Get(PaymentApp.Tickets)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await finance.Post(path, wish)).StatusCode);
    }

    [Fact]
    public async Task A_ticket_that_is_not_there_is_missing()
    {
        foreach (var id in new[] { "nothing", Pond.Platform.Ids.From("nothing") })
        {
            var answer = await app.Api.Operator().Post(
                $"{PaymentApp.Tickets}/{id}/settlement", new { how = "ignored", reason = "测试单" });
            Assert.Equal((HttpStatusCode.NotFound, "payment_ticket.missing"), (answer.StatusCode, await answer.Code()));
        }
    }

    private async Task<(PaymentWish Wish, System.Text.Json.JsonElement Ticket)> Declined()
    {
        var wish = await app.Paid(1_000);
        await app.Refund(wish, 5_000);
        return (wish, Assert.Single(await app.TicketsOf(wish.OutTradeNo)));
    }

    private async Task<(PaymentWish Wish, System.Text.Json.JsonElement Ticket)> Stopped(SandboxRefundStatus status)
    {
        var wish = await app.Paid(1_000);
        app.WeChat.HoldsRefunds = true;
        var number = await app.Refund(wish, 600);
        app.WeChat.SettleRefunds(status, number);
        await app.Tell();
        return (wish, Assert.Single(await app.TicketsOf(wish.OutTradeNo)));
    }

    // WeChat has it, but its answers and its notifications do not come through.
    private async Task<(PaymentWish Wish, System.Text.Json.JsonElement Ticket)> Stuck()
    {
        var wish = await app.Paid(1_000);
        app.WeChat.HoldsRefunds = true;
        var path = $"{PaymentApp.Refunds}/{wish.OutTradeNo}-A";
        app.Failures.Add(new Failure(PaymentApp.Refunds, FailureKind.Lost));
        app.Failures.Add(new Failure(path, FailureKind.Status, 1_000));
        await app.Refund(wish, 600);
        for (var tries = 0; tries < 7; tries++) await app.Pass(minutes: 62);
        app.Failures.Clear();
        return (wish, Assert.Single(await app.TicketsOf(wish.OutTradeNo)));
    }
}
