using System.Net;
using System.Text.Json;
using Pond.Kernel;
using Pond.LocalHost.WeChatSandbox;
using Pond.Payments;
using Pond.Platform;
using Pond.Platform.Storage;
using Pond.Tests.Operators;

namespace Pond.Tests.Payments;

/// <summary>PAY-08: every day WeChat's bill is held against our books, both ways.</summary>
[Rule("PAY-08")]
public sealed class ComparingBills : IAsyncLifetime
{
    private readonly PaymentApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Where_all_is_equal_there_is_nothing_to_do_and_the_day_is_done()
    {
        var (day, _, _) = await ADay();

        await Morning();

        Assert.Empty(await Tickets());
        Assert.Equal((3, 0), await Run(day));
    }

    [Fact]
    public async Task What_only_WeChat_has_what_only_we_have_and_what_differs_are_a_ticket_each_and_once()
    {
        var (day, wish, other) = await ADay(strangers: 1);
        await Change<BookLine>(wish.OutTradeNo, "line:", line => line with { AmountFen = line.AmountFen + 1 });
        var gone = new BookLine("gone-01", "4200000000", 50, null, 0, day.Start.AddHours(13));
        await app.Say(BookMessages.Booked(gone));

        await Morning();
        await Morning();
        var again = await Again(day);
        await app.Api.Deliver();

        var tickets = await Tickets();
        Assert.Equal(
            [("billLineDiffers", wish.OutTradeNo), ("billLineMissing", "gone-01"), ("billLineStrange", "strange-0")],
            tickets.Select(ticket => (ticket.Text("kind"), ticket.Text("outTradeNo"))).Order());
        Assert.Equal((4, 3), ((int)again.Whole("lines"), (int)again.Whole("differences")));
        Assert.Empty(await app.TicketsOf(other.OutTradeNo));
        var line = Assert.Single(await app.Api.AuditOf(day.ToString()));
        Assert.Equal(("payment_bill.compare", "4/3"), (line.Text("action"), line.Text("after")));
    }

    [Fact]
    public async Task A_line_that_the_day_s_list_lacks_is_ours_when_the_payment_says_so()
    {
        var (_, wish, _) = await ADay();
        await Change<BookLine>(wish.OutTradeNo, "line:", _ => null);

        await Morning();

        Assert.Empty(await Tickets());
    }

    [Fact]
    public async Task A_refund_that_WeChat_took_days_before_it_paid_back_is_found_in_the_bill_of_that_day()
    {
        var wish = await app.Paid();
        app.WeChat.HoldsRefunds = true;
        await app.Refund(wish, 300);
        app.Api.Clock.Advance(TimeSpan.FromDays(2));
        app.WeChat.SettleRefunds();
        await app.Tell();
        Assert.Single(app.Settled(wish));

        await Morning();

        Assert.Empty(await Tickets());
    }

    [Fact]
    public async Task A_day_with_payments_and_without_a_bill_is_asked_for_again_and_becomes_a_ticket()
    {
        await ADay();
        app.WeChat.Levers.Lost = true;
        app.Failures.Add(new Failure("/v3/bill/tradebill", FailureKind.Status, 1_000));
        await Morning();
        Assert.Empty(await Tickets());

        await Morning();

        Assert.Equal("billMissing", Assert.Single(await Tickets()).Text("kind"));
        app.Failures.Clear();
        await app.Api.Fire(nameof(CompareBills));
        Assert.Single(await Tickets());
    }

    [Fact]
    public async Task Finance_has_a_day_compared_again_that_is_over()
    {
        var (day, _, _) = await ADay();
        app.Api.Clock.MoveTo(day.Next.Start.AddHours(11));
        var finance = await app.Api.OperatorWith("finance");
        var service = await app.Api.OperatorWith("service");
        var wish = new { reason = "对账" };

        Assert.Equal(HttpStatusCode.OK, (await finance.Post(PathOf(day), wish)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await service.Post(PathOf(day), wish)).StatusCode);
        foreach (var bad in new[] { "2026-13-01", "today", "20260302", $"{day.Next.Date:yyyy-MM-dd}", "0001-01-01" })
        {
            var answer = await finance.Post($"/api/operator/payment-bills/{bad}/comparisons", wish);
            Assert.Equal((HttpStatusCode.BadRequest, "payment_bill.day"), (answer.StatusCode, await answer.Code()));
        }
    }

    [Fact]
    public async Task Without_an_answer_finance_hears_so()
    {
        var (day, _, _) = await ADay();
        app.Api.Clock.MoveTo(day.Next.Start.AddHours(9)); // before WeChat has made it

        var answer = await app.Api.Operator().Post(PathOf(day), new { reason = "对账" });

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "payment_bill.missing"), (answer.StatusCode, await answer.Code()));
    }

    // Two payments and a refund, and payments that were made past us.
    private async Task<(ChinaDay Day, PaymentWish Wish, PaymentWish Other)> ADay(int strangers = 0)
    {
        var (wish, other) = (await app.Paid(1_000), await app.Paid(2_000));
        await app.Refund(other, 500);
        await app.Pass(minutes: 5);
        await app.Tell();
        Assert.Single(app.Settled(other));
        var payer = app.AtWeChat(wish).OpenId;
        app.WeChat.Levers.Lost = true;
        for (var i = 0; i < strangers; i++)
        {
            await app.Client.Prepay(
                new($"strange-{i}", "手工单", 70, payer, app.Api.Clock.GetUtcNow().AddHours(1), NotifyPayment.Path), default);
            app.WeChat.Pay($"strange-{i}");
        }

        app.WeChat.Levers.Reset();
        return (ChinaDay.Of(app.Api.Clock.GetUtcNow()), wish, other);
    }

    // Half past ten in China, of the next day.
    private async Task Morning()
    {
        var today = ChinaDay.Of(app.Api.Clock.GetUtcNow());
        app.Api.Clock.MoveTo(today.Next.Start.AddHours(10.5));
        await app.Api.Fire(nameof(CompareBills));
        await app.Api.Deliver();
    }

    private Task<JsonElement[]> Tickets() => app.Api.Operator().AllPages(PaymentApp.Tickets, 100);

    private async Task<(int Lines, int Differences)> Run(ChinaDay day)
    {
        var run = await app.Api.Store.Find<BillRun>(BillRunRows.Partition, BillRunRows.Row(day), CancellationToken.None);
        return (run!.Lines, run.Differences);
    }

    private async Task<JsonElement> Again(ChinaDay day) =>
        await (await app.Api.Operator().Post(PathOf(day), new { reason = "再核对一次" })).Json();

    private static string PathOf(ChinaDay day) => $"/api/operator/payment-bills/{day.Date:yyyy-MM-dd}/comparisons";

    // Changes a row behind the app's back; null deletes it.
    private async Task Change<T>(string outTradeNo, string rowStart, Func<T, T?> change)
        where T : class
    {
        var row = StoredRow.All(app.Api).Single(each => each.Key.StartsWith(rowStart, StringComparison.Ordinal)
            && each.Data.Contains(outTradeNo, StringComparison.Ordinal));
        var stored = (await app.Api.Store.Find(row.Partition, row.Key, CancellationToken.None))!;
        Write write = change(Stored.Read<T>(row.Data)) is { } changed
            ? new Write.Replace(row.Key, Stored.Write(changed), stored.ETag)
            : new Write.Delete(row.Key, stored.ETag);
        Assert.IsType<CommitOutcome.Committed>(await app.Api.Store.Commit(row.Partition, [write], CancellationToken.None));
    }
}
