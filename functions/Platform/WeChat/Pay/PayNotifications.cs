namespace Pond.Platform.WeChat.Pay;

/// <summary>Reads what WeChat Pay tells this app: verified and opened, or not at all.</summary>
public sealed class PayNotifications
{
    /// <summary>Bytes of one notification.</summary>
    public const int BodyBytesMax = 64 * 1024;

    /// <summary>How far its time may be from ours.</summary>
    public static readonly TimeSpan TimeTolerance = TimeSpan.FromMinutes(5);

    /// <summary>A payment, or null when it is not WeChat's, not for this app, or not to be understood.</summary>
    public Task<Transaction?> ReadPayment(PayNotification notification, CancellationToken cancel) =>
        throw new NotSupportedException($"{this} {notification} {cancel}");

    /// <summary>A refund, or null in the same cases.</summary>
    public Task<RefundNews?> ReadRefund(PayNotification notification, CancellationToken cancel) =>
        throw new NotSupportedException($"{this} {notification} {cancel}");
}

/// <summary>What came in: the headers as they are (null when missing), and the raw bytes.</summary>
public sealed record PayNotification(
    string? Timestamp, string? Nonce, string? Signature, string? Serial, ReadOnlyMemory<byte> Body);
