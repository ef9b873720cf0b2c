using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pond.LocalHost.WeChatSandbox;
using Pond.Payments;
using Pond.Platform;
using Pond.Platform.WeChat.Pay;
using Pond.Tests.Http;
using Pond.Tests.WeChat.Pay;

namespace Pond.Tests.Payments;

/// <summary>PAY-02: where anybody can call, nothing but WeChat's word about this app changes anything.</summary>
[Rule("PAY-02")]
public sealed class ForgingNotifications : IAsyncLifetime
{
    private const string PublicKeyId = "PUB_KEY_ID_0119000000012026010100000000000001";

    private readonly RSA key = RSA.Create(2_048);
    private MiniProgramApi api = null!;
    private PayPlatform platform = null!;
    private PaymentWish wish = null!;

    public async Task InitializeAsync()
    {
        platform = new PayPlatform(key, PublicKeyId, MerchantAccount.ApiV3Key);
        api = await MiniProgramApi.Start(settings: new Dictionary<string, string>
        {
            ["WeChatPay:PublicKeyId"] = PublicKeyId,
            ["WeChatPay:PublicKey"] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()),
        });
        var phone = await api.LogIn("alice");
        var orderId = Ids.From("order");
        wish = new PaymentWish(
            $"{orderId}-01", orderId, phone.MemberId, "龙井", 1_990, api.Clock.GetUtcNow().AddHours(1));
        await api.Services.GetRequiredService<PaymentDesk>().Begin(wish, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await api.DisposeAsync();
        key.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Three_hundred_forged_ones_are_refused_and_change_nothing_and_the_good_one_is_taken(bool isRefund)
    {
        var path = isRefund ? NotifyRefund.Path : NotifyPayment.Path;
        var good = Good(isRefund);
        var forged = new ForgedNotifications(platform, good, api.Clock.GetUtcNow()).All();
        var before = StoredRow.All(api);

        var cases = new HostileCases("Forged notifications");
        foreach (var one in forged.Where(one => one.FitsHttp))
            cases.MustRefuse(one.What, await RawAnswer.Of(await Send(path, one.Notification)), "");
        cases.Done();
        Assert.Equal(before, StoredRow.All(api));
        Assert.Equal(HttpStatusCode.NoContent, (await Send(path, good)).StatusCode);
        Assert.NotEqual(before, StoredRow.All(api));
    }

    [Fact]
    public async Task A_payment_is_no_refund_and_a_refund_no_payment()
    {
        var before = StoredRow.All(api);

        Assert.Equal(HttpStatusCode.BadRequest, (await Send(NotifyRefund.Path, Good(isRefund: false))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(NotifyPayment.Path, Good(isRefund: true))).StatusCode);

        Assert.Equal(before, StoredRow.All(api));
    }

    private PayNotification Good(bool isRefund) => isRefund
        ? platform.Notify(
            "REFUND.SUCCESS",
            new JsonObject
            {
                ["mchid"] = MerchantAccount.MchId,
                ["out_trade_no"] = wish.OutTradeNo,
                ["transaction_id"] = "4200000001202603020000000001",
                ["out_refund_no"] = $"{wish.OutTradeNo}-A",
                ["refund_id"] = "50000000012026030200000001",
                ["refund_status"] = "SUCCESS",
                ["success_time"] = "2026-03-02T12:00:00+08:00",
                ["user_received_account"] = "支付用户零钱",
                ["amount"] = new JsonObject
                {
                    ["total"] = 1_990,
                    ["refund"] = 990,
                    ["payer_total"] = 1_990,
                    ["payer_refund"] = 990,
                },
            },
            api.Clock.GetUtcNow())
        : platform.Notify(
            "TRANSACTION.SUCCESS",
            new JsonObject
            {
                ["appid"] = MiniProgramApi.AppId,
                ["mchid"] = MerchantAccount.MchId,
                ["out_trade_no"] = wish.OutTradeNo,
                ["transaction_id"] = "4200000001202603020000000001",
                ["trade_type"] = "JSAPI",
                ["trade_state"] = "SUCCESS",
                ["success_time"] = "2026-03-02T12:00:00+08:00",
                ["payer"] = new JsonObject { ["openid"] = Shoppers.OpenIdOf(MiniProgramApi.AppId, "alice") },
                ["amount"] = new JsonObject
                {
                    ["total"] = 1_990,
                    ["payer_total"] = 1_990,
                    ["currency"] = "CNY",
                    ["payer_currency"] = "CNY",
                },
            },
            api.Clock.GetUtcNow());

    private async Task<HttpResponseMessage> Send(string path, PayNotification notification)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new ReadOnlyMemoryContent(notification.Body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        Add("Wechatpay-Timestamp", notification.Timestamp);
        Add("Wechatpay-Nonce", notification.Nonce);
        Add("Wechatpay-Signature", notification.Signature);
        Add("Wechatpay-Serial", notification.Serial);
        return await api.Http.SendAsync(request);

        void Add(string name, string? value)
        {
            if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
