using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pond.LocalHost.WeChatSandbox;
using Pond.Platform;
using Pond.Platform.WeChat;
using Pond.Platform.WeChat.Pay;
using Pond.Tests.WeChat.Sandbox;

namespace Pond.Tests.WeChat.Pay;

/// <summary>The client over real HTTP, at a WeChat Pay that knows nothing of it: the sandbox.</summary>
public sealed class SpeakingWithTheSandbox : IAsyncLifetime
{
    private const string Number = "T20260302000000000001";

    private readonly HandClock clock = new();
    private readonly CapturedLog log = new();
    private SandboxServer sandbox = null!;
    private MerchantApp app = null!;
    private ServiceProvider services = null!;

    private WeChatPay Pay => services.GetRequiredService<WeChatPay>();

    private PayNotifications Notifications => services.GetRequiredService<PayNotifications>();

    public async Task InitializeAsync()
    {
        sandbox = new(new(MiniProgramApi.AppId, MiniProgramApi.AppSecret, Port: 0) { Merchant = MerchantAccount.AtWeChat }, clock);
        await sandbox.StartAsync(CancellationToken.None);
        app = await MerchantApp.Start();
        sandbox.Pay.NotifyTo = app.Address;
        sandbox.Pay.AnswerTimeMax = TimeSpan.FromMinutes(1);
        services = Wired(hasPublicKey: false);
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await app.DisposeAsync();
        await sandbox.StopAsync(CancellationToken.None);
        await sandbox.DisposeAsync();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_payment_goes_its_way_and_back(bool hasPublicKey)
    {
        if (hasPublicKey)
        {
            await services.DisposeAsync();
            services = Wired(hasPublicKey);
            sandbox.Pay.PublicKeyOnly = true;
        }

        Assert.IsType<QueryOutcome.Missing>(await Query());
        Assert.IsType<PrepayOutcome.Ready>(await Prepay());
        Assert.IsType<PrepayOutcome.Ready>(await Prepay());
        Assert.IsType<QueryOutcome.NotPaid>(await Query());
        sandbox.Pay.Pay(Number);
        var paid = Assert.IsType<QueryOutcome.Paid>(await Query()).Transaction;
        Assert.Equal((1990L, "CNY"), (paid.TotalFen, paid.Currency));
        Assert.IsType<PrepayOutcome.Paid>(await Prepay());
        Assert.Equal(CloseOutcome.Paid, await Pay.Close(Number, CancellationToken.None));
        Assert.Equal(paid, await Notifications.ReadPayment(await Heard(), CancellationToken.None));

        Assert.IsType<RefundOutcome.Missing>(await Pay.QueryRefund("R1", CancellationToken.None));
        sandbox.Pay.HasFunds = false;
        Assert.Equal(new RefundOutcome.Refused("NOTENOUGH"), await Refund());
        sandbox.Pay.HasFunds = true;
        Assert.Equal(RefundStatus.Processing, Assert.IsType<RefundOutcome.Known>(await Refund()).News.Status);
        sandbox.Pay.SettleRefunds();
        var known = Assert.IsType<RefundOutcome.Known>(await Pay.QueryRefund("R1", CancellationToken.None));
        Assert.Equal((RefundStatus.Success, 990L, 1990L), (known.News.Status, known.News.RefundFen, known.News.TotalFen));
        Assert.Equal(known.News, await Notifications.ReadRefund(await Heard(), CancellationToken.None));

        var day = DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date);
        clock.Advance(TimeSpan.FromDays(1));
        var bill = Assert.IsType<BillOutcome.Ready>(await Pay.DownloadBill(day, CancellationToken.None));
        Assert.Equal(
            [
                new(Number, paid.TransactionId, 1990, null, 0, "SUCCESS"),
                new(Number, paid.TransactionId, 0, "R1", 990, "SUCCESS"),
            ],
            bill.Lines);
        Assert.IsType<BillOutcome.Missing>(await Pay.DownloadBill(day.AddDays(-1), CancellationToken.None));
    }

    [Fact]
    public async Task A_closed_payment_is_closed()
    {
        Assert.Equal(CloseOutcome.Missing, await Pay.Close(Number, CancellationToken.None));
        await Prepay();

        Assert.Equal(CloseOutcome.Closed, await Pay.Close(Number, CancellationToken.None));
        Assert.Equal(CloseOutcome.Closed, await Pay.Close(Number, CancellationToken.None));
        Assert.IsType<QueryOutcome.Closed>(await Query());
        Assert.IsType<PrepayOutcome.Closed>(await Prepay());
    }

    [Fact]
    public async Task A_number_that_comes_again_for_another_amount_is_refused()
    {
        await Prepay();

        Assert.Equal(new PrepayOutcome.Refused("INVALIDREQUEST"), await Prepay(amountFen: 1));
    }

    [Fact]
    public async Task A_new_certificate_is_learnt_from_the_first_thing_signed_with_it()
    {
        await Prepay();
        sandbox.Pay.RotateCertificate();
        clock.Advance(PlatformCertificates.Pause);
        sandbox.Pay.Pay(Number);

        Assert.NotNull(await Notifications.ReadPayment(await Heard(), CancellationToken.None));
        Assert.IsType<QueryOutcome.Paid>(await Query());
    }

    [Fact]
    public async Task No_secret_number_or_person_reaches_a_log_or_a_trace()
    {
        var seen = new ConcurrentQueue<string>();
        using var traces = Listen(seen);
        var openId = sandbox.Shoppers.Named("alice").OpenId;

        seen.Enqueue($"{await Prepay()} {await Prepay(amountFen: 1)}");
        sandbox.Pay.Pay(Number);
        seen.Enqueue($"{await Query()} {await Pay.Close(Number, CancellationToken.None)} {await Refund()}");
        seen.Enqueue($"{await Notifications.ReadPayment(await Heard(), CancellationToken.None)}");
        await sandbox.StopAsync(CancellationToken.None);
        seen.Enqueue($"{await Query()}");

        Assert.Contains(log.Lines, line => line.Contains("WeChat Pay does not answer a call for query", StringComparison.Ordinal));
        foreach (var secret in (string[])[openId, MerchantAccount.ApiV3Key, MerchantAccount.PrivateKey[..40], "signature="])
            Assert.DoesNotContain(seen.ToArray().Concat(log.Lines), line => line.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains(Number, StringComparison.Ordinal));
        Assert.DoesNotContain(seen, line => line.Contains($":{sandbox.Address.Port}/", StringComparison.Ordinal));
    }

    private ServiceProvider Wired(bool hasPublicKey)
    {
        var options = new WeChatPayOptions
        {
            MchId = MerchantAccount.MchId,
            MerchantSerial = MerchantAccount.Serial,
            PrivateKey = MerchantAccount.PrivateKey,
            ApiV3Key = MerchantAccount.ApiV3Key,
            PublicKeyId = hasPublicKey ? SandboxPay.PublicKeyId : "",
            PublicKey = hasPublicKey ? SandboxPay.PublicKey : "",
            ApiBase = sandbox.Address.ToString(),
            NotifyBase = "http://localhost:1",
        };
        Assert.Empty(options.Problems(production: false));
        var wired = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<Dice>()
            .AddSingleton<Ids>()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log))
            .AddSingleton(new WeChatOptions { AppId = MiniProgramApi.AppId })
            .AddWeChatPay(options);
        foreach (var name in (string[])[WeChatPayRegistration.Calls, WeChatPayRegistration.Certificates, WeChatPayRegistration.Bills])
            wired.AddHttpClient(name).ConfigureHttpClient(http => http.Timeout = TimeSpan.FromMinutes(1)); // a busy machine
        return wired.BuildServiceProvider();
    }

    private async Task<PayNotification> Heard()
    {
        await sandbox.Pay.SendDue(CancellationToken.None);
        var heard = app.All[^1];
        return new(
            heard.Headers["Wechatpay-Timestamp"], heard.Headers["Wechatpay-Nonce"], heard.Headers["Wechatpay-Signature"],
            heard.Headers["Wechatpay-Serial"], Encoding.UTF8.GetBytes(heard.Body));
    }

    private Task<PrepayOutcome> Prepay(long amountFen = 1990) => Pay.Prepay(
        new(Number, "碧螺春", amountFen, sandbox.Shoppers.Named("alice").OpenId, HandClock.Start.AddMinutes(30), "/api/n"),
        CancellationToken.None);

    private Task<QueryOutcome> Query() => Pay.Query(Number, CancellationToken.None);

    private Task<RefundOutcome> Refund() =>
        Pay.Refund(new("R1", Number, 990, 1990, "缺货", "/api/n"), CancellationToken.None);

    private static ActivityListener Listen(ConcurrentQueue<string> seen)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("System.Net", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => seen.Enqueue(
                $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events)}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
