namespace Pond.LocalHost.WeChatSandbox;

/// <summary>Writes what a notification says, sealed for the merchant.</summary>
internal sealed class NotificationNews(SandboxOptions options, TimeProvider clock)
{
    private const int IdDigits = 24;

    private SandboxMerchant Merchant =>
        options.Merchant ?? throw new InvalidOperationException("The sandbox keeps no merchant's account.");

    /// <summary>Of a payment, as it was when it was paid.</summary>
    public PendingNotification Of(SandboxPayment paid, TimeSpan delay) => Of(
        "TRANSACTION.SUCCESS",
        paid.OutTradeNo,
        paid.NotifyUrl,
        ("支付成功", "transaction"),
        PayJson.Transaction(paid with { State = SandboxTradeState.Success }, Merchant, options.AppId),
        delay);

    /// <summary>Of a refund that came to its end.</summary>
    public PendingNotification Of(SandboxRefund settled, TimeSpan delay) => Of(
        $"REFUND.{PayJson.Status(settled.Status)}",
        settled.RefundNo,
        settled.NotifyUrl!,
        (Summary(settled.Status), "refund"),
        PayJson.RefundNews(settled, Merchant),
        delay);

    private PendingNotification Of(
        string eventType,
        string number,
        string notifyUrl,
        (string Summary, string OriginalType) words,
        object news,
        TimeSpan delay)
    {
        var now = clock.GetUtcNow();
        var id = $"EV-{Numbers.Of($"{eventType} {number} {now.UtcTicks}", IdDigits)}";
        var text = PaySealing.Seal(Merchant.ApiV3Key, PayJson.Of(news), words.OriginalType);
        var body = PayJson.Of(new
        {
            id,
            create_time = PayJson.Time(now),
            resource_type = "encrypt-resource",
            event_type = eventType,
            summary = words.Summary,
            resource = new
            {
                original_type = words.OriginalType,
                algorithm = PaySealing.Algorithm,
                ciphertext = text.CipherText,
                associated_data = text.AssociatedData,
                nonce = text.Nonce,
            },
        });
        return new(id, eventType, number, new(notifyUrl), Attempts: 0, now + delay) { Body = body };
    }

    private static string Summary(SandboxRefundStatus status) => status switch
    {
        SandboxRefundStatus.Success => "退款成功",
        SandboxRefundStatus.Closed => "退款关闭",
        _ => "退款异常",
    };
}
