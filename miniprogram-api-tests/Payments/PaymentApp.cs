using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pond.LocalHost.WeChatSandbox;
using Pond.Payments;
using Pond.Platform;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;
using Pond.Platform.WeChat.Pay;

namespace Pond.Tests.Payments;

/// <summary>The app and WeChat Pay, without the orders that want the money: a test says what they would.</summary>
public sealed class PaymentApp : SharedApi
{
    public const string Prepay = "/v3/pay/transactions/jsapi";
    public const string Refunds = "/v3/refund/domestic/refunds";
    public const string Tickets = "/api/operator/payment-tickets";

    private const int FetchesMax = 20;

    private static int numbers;

    /// <summary>What the app announced, whoever has heard it since.</summary>
    internal Announcements Heard { get; } = new();

    public Faults Faults { get; } = new();

    public SandboxPay WeChat => Api.Sandbox.Pay;

    public FailureScript Failures => Api.Sandbox.Failures;

    /// <summary>What somebody new wants to pay.</summary>
    public async Task<PaymentWish> Wish(long amountFen = 1_000, int minutes = 120)
    {
        var phone = await Newcomer();
        var orderId = Ids.From($"order {Interlocked.Increment(ref numbers)}");
        var payBy = Api.Clock.GetUtcNow().AddMinutes(minutes);
        return new PaymentWish($"{orderId}-01", orderId, phone.MemberId, "龙井 50 克 等 2 件", amountFen, payBy);
    }

    public Task<PaymentStart> Begin(PaymentWish wish) =>
        Api.Services.GetRequiredService<PaymentDesk>().Begin(wish, CancellationToken.None);

    /// <summary>A payment that can be paid.</summary>
    public async Task<PaymentWish> Begun(long amountFen = 1_000, int minutes = 120)
    {
        var wish = await Wish(amountFen, minutes);
        Assert.IsType<PaymentStart.Ready>(await Begin(wish));
        return wish;
    }

    /// <summary>One that is paid, and of which WeChat has told.</summary>
    public async Task<PaymentWish> Paid(long amountFen = 1_000)
    {
        var wish = await Begun(amountFen);
        WeChat.Pay(wish.OutTradeNo);
        await Tell();
        return wish;
    }

    /// <summary>WeChat sends what is due, and the app hears its own messages.</summary>
    public async Task Tell()
    {
        await WeChat.SendDue(CancellationToken.None);
        await Api.Deliver();
    }

    /// <summary>Time passes, and the timers do what is due.</summary>
    public async Task Pass(TimeSpan time)
    {
        Api.Clock.Advance(time);
        await Api.Fire(nameof(CheckPayments));
        await Api.Fire(nameof(GoOnWithRefunds));
        await Api.Deliver();
    }

    public Task Pass(int minutes) => Pass(TimeSpan.FromMinutes(minutes));

    /// <summary>An order says something, from a partition of its own.</summary>
    internal async Task Say(Message message)
    {
        var id = Ids.From($"said {Interlocked.Increment(ref numbers)}");
        var layout = new Layout<Said?, Said>(
            $"t:{id}", "said", [], rows => rows.Find<Said>("said"), said => said is null ? [] : [new StateRow("said", said)],
            (_, said) => said, _ => [message]);
        await Api.Services.GetRequiredService<Transactor>().Run(
            layout, new Operation("Test", id, null), (_, _) => new Said(id), CancellationToken.None);
        await Api.Deliver();
    }

    /// <summary>The order is to be cancelled.</summary>
    public Task Close(PaymentWish wish) => Say(
        PaymentMessages.Closing(new PaymentClosingV1(wish.OutTradeNo, wish.OrderId, wish.MemberId)));

    /// <summary>The order wants money to go back.</summary>
    public async Task<string> Refund(PaymentWish wish, long amountFen, string suffix = "A")
    {
        var number = $"{wish.OutTradeNo}-{suffix}";
        await Say(PaymentMessages.RefundWanted(new RefundWantedV1(
            number, wish.OutTradeNo, wish.OrderId, wish.MemberId, amountFen, "不想要了")));
        return number;
    }

    public IReadOnlyList<PaymentSucceededV1> Succeeded(PaymentWish wish) =>
        [.. Heard.Of<PaymentSucceededV1>(PaymentMessages.SucceededQueue).Where(one => one.OutTradeNo == wish.OutTradeNo)];

    public IReadOnlyList<PaymentClosedV1> Closed(PaymentWish wish) =>
        [.. Heard.Of<PaymentClosedV1>(PaymentMessages.ClosedQueue).Where(one => one.OutTradeNo == wish.OutTradeNo)];

    public IReadOnlyList<RefundSettledV1> Settled(PaymentWish wish) =>
        [.. Heard.Of<RefundSettledV1>(PaymentMessages.RefundSettledQueue).Where(one => one.OutTradeNo == wish.OutTradeNo)];

    /// <summary>The payment as operators see it.</summary>
    public async Task<JsonElement> Book(PaymentWish wish) =>
        await (await Api.Operator().Get($"/api/operator/payments/{wish.OutTradeNo}")).Json();

    public async Task<string> State(PaymentWish wish) => (await Book(wish)).Text("state");

    /// <summary>The refund of a payment as operators see it.</summary>
    public async Task<JsonElement> RefundOf(PaymentWish wish, string refundNo) => (await Book(wish))
        .GetProperty("refunds").EnumerateArray().Single(refund => refund.Text("refundNo") == refundNo);

    /// <summary>Open tickets about a payment.</summary>
    public async Task<JsonElement[]> TicketsOf(string outTradeNo) =>
        [.. (await Api.Operator().AllPages(Tickets, 100)).Where(one => one.GetProperty("outTradeNo").GetString() == outTradeNo)];

    public Task<HttpResponseMessage> Settle(JsonElement ticket, string how, string? key = null) => Api.Operator().Post(
        $"{Tickets}/{ticket.Text("ticketId")}/settlement", new { how, reason = "已与顾客联系" }, key);

    public SandboxPayment AtWeChat(PaymentWish wish) =>
        WeChat.Payments.Single(payment => payment.OutTradeNo == wish.OutTradeNo);

    public IReadOnlyList<SandboxRefund> RefundsAtWeChat(PaymentWish wish) =>
        [.. WeChat.Refunds.Where(refund => refund.OutTradeNo == wish.OutTradeNo)];

    /// <summary>What WeChat answers about the payment goes wrong.</summary>
    public void SilenceQueries(PaymentWish wish) =>
        Failures.Add(new Failure($"/v3/pay/transactions/out-trade-no/{wish.OutTradeNo}", FailureKind.Status, 1_000));

    internal WeChatPay Client => Api.Services.GetRequiredService<WeChatPay>();

    protected override async Task<MiniProgramApi> Start()
    {
        var api = await MiniProgramApi.Start(change: services =>
            services.AddSingleton<PartitionStore>(all => new FaultyStore(
                new ListeningStore(new SqlitePartitionStore(all.GetRequiredService<SqliteDatabase>()), Heard.Add), Faults)));
        await FetchCertificates(api);
        return api;
    }

    // On a busy machine the first fetch may come too late, and the clock of tests would never let it be tried again.
    private static async Task FetchCertificates(MiniProgramApi api)
    {
        var client = api.Services.GetRequiredService<WeChatPay>();
        for (var tries = 1; await client.Query("nothing-01", CancellationToken.None) is not QueryOutcome.Missing; tries++)
        {
            Assert.True(tries < FetchesMax, "WeChat Pay gives no answer.");
            api.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private sealed record Said(string Id);
}
