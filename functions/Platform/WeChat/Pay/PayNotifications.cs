using Microsoft.Extensions.Logging;

namespace Pond.Platform.WeChat.Pay;

/// <summary>Reads what WeChat Pay tells this app: verified and opened, or not at all.</summary>
/// <remarks>
/// Anybody can call where notifications arrive, so nothing is looked into before the signature over the raw bytes is
/// found good. The window of time keeps old ones out; within it the same one may come again, and WeChat itself repeats
/// it: hear it twice as once. Nothing that comes in makes this throw but what says that WeChat Pay cannot be asked for
/// its certificates, <see cref="WeChatPayUnavailableException"/>: answer 5xx, and WeChat comes again.
/// </remarks>
public sealed partial class PayNotifications(
    PayKeys keys,
    WeChatPayOptions options,
    WeChatOptions app,
    TimeProvider clock,
    ILogger<PayNotifications> log)
{
    /// <summary>Bytes of one notification.</summary>
    public const int BodyBytesMax = 64 * 1024;

    /// <summary>How far its time may be from ours.</summary>
    public static readonly TimeSpan TimeTolerance = PaySignature.TimeTolerance;

    /// <summary>A payment, or null when it is not WeChat's, not for this app, or not to be understood.</summary>
    /// <exception cref="WeChatPayUnavailableException">Nobody can say now whether it is WeChat's.</exception>
    public async Task<Transaction?> ReadPayment(PayNotification notification, CancellationToken cancel)
    {
        if (await Open(notification, "transaction", cancel) is not { } opened) return null;
        if (opened.Event == "TRANSACTION.SUCCESS"
            && PayFacts.Transaction(opened.Content) is { TradeState: "SUCCESS" } paid
            && paid.AppId == app.AppId
            && paid.MchId == options.MchId)
            return paid;
        Refused("it tells of no payment to this app");
        return null;
    }

    /// <summary>A refund, or null in the same cases.</summary>
    /// <exception cref="WeChatPayUnavailableException">Nobody can say now whether it is WeChat's.</exception>
    public async Task<RefundNews?> ReadRefund(PayNotification notification, CancellationToken cancel)
    {
        if (await Open(notification, "refund", cancel) is not { } opened) return null;
        if (PayFacts.Refund(opened.Content, "refund_status", opened.Content.Name("mchid")) is { } news
            && opened.Event == $"REFUND.{opened.Content.Text("refund_status")}"
            && news.Status != RefundStatus.Processing
            && news.MchId == options.MchId)
            return news;
        Refused("it tells of no refund of this merchant");
        return null;
    }

    private async Task<(string? Event, PayJson Content)?> Open(
        PayNotification notification, string type, CancellationToken cancel)
    {
        var (problem, opened) = await Reading(notification, type, cancel);
        if (problem is not null) Refused(problem);
        return opened;
    }

    private async Task<(string? Problem, (string? Event, PayJson Content)? Opened)> Reading(
        PayNotification notification, string type, CancellationToken cancel)
    {
        if (notification.Body.Length is 0 or > BodyBytesMax) return ("its size", null);
        var signature = PaySignature.Read(
            notification.Timestamp, notification.Nonce, notification.Signature, notification.Serial);
        if (signature is null) return ("its headers", null);
        if (!signature.IsTimely(clock.GetUtcNow())) return ("its time", null);
        if (await keys.Find(signature.Serial, cancel) is not { } key) return ("its serial number", null);
        if (!signature.Covers(notification.Body.Span, key)) return ("its signature", null);
        if (PayJson.Parse(notification.Body.Span) is not { } envelope
            || envelope.Text("resource_type") != "encrypt-resource"
            || envelope.Part("resource") is not { } resource
            || resource.Text("original_type") != type)
            return ("its form", null);
        return PayCipher.Open(options.ApiV3Key, resource) is { } plaintext && PayJson.Parse(plaintext) is { } content
            ? (null, (envelope.Text("event_type"), content))
            : ("its seal", null);
    }

    [LoggerMessage(LogLevel.Warning, "A notification of WeChat Pay is not taken, for {Problem}")]
    private partial void Refused(string problem);
}

/// <summary>What came in: the headers as they are (null when missing), and the raw bytes.</summary>
public sealed record PayNotification(
    string? Timestamp, string? Nonce, string? Signature, string? Serial, ReadOnlyMemory<byte> Body);
