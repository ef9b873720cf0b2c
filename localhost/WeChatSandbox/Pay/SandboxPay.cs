using System.Net;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>WeChat Pay for one merchant: its books, and the levers that no WeChat has.</summary>
public sealed class SandboxPay : IDisposable
{
    /// <summary>How long a refund is under way, where nothing holds it up.</summary>
    public static readonly TimeSpan RefundTime = TimeSpan.FromSeconds(2);

    private readonly SandboxOptions options;
    private readonly Shoppers shoppers;
    private readonly TimeProvider clock;
    private readonly NotificationQueue queue;
    private readonly NotificationSender sender;
    private readonly NotificationNews news;

    internal SandboxPay(
        SandboxOptions options, Shoppers shoppers, TimeProvider clock, HttpMessageHandler? network = null)
    {
        (this.options, this.shoppers, this.clock) = (options, shoppers, clock);
        PaymentBook = new(clock);
        RefundBook = new(PaymentBook, clock);
        Keys = new(clock);
        queue = new(clock);
        sender = new(queue, Levers, Keys, clock, network);
        news = new(options, clock);
    }

    /// <summary>Where notifications really go: scheme, host and port in place of those of notify_url.</summary>
    public Uri? NotifyTo
    {
        get => sender.NotifyTo;
        set => sender.NotifyTo = value;
    }

    /// <summary>How long an app may take over a notification: five seconds with WeChat.</summary>
    public TimeSpan AnswerTimeMax
    {
        get => sender.AnswerTimeMax;
        set => sender.AnswerTimeMax = value;
    }

    /// <summary>How notifications go astray.</summary>
    public NotificationLevers Levers { get; } = new();

    /// <summary>How many more times each notification is sent at the same moment.</summary>
    public int DuplicateNotifications
    {
        get => Levers.Duplicates;
        set => Levers.Duplicates = value;
    }

    /// <summary>False lets refunds meet an account that lacks the money.</summary>
    public bool HasFunds
    {
        get => RefundBook.HasFunds;
        set => RefundBook.HasFunds = value;
    }

    /// <summary>True lets refunds stay under way until <see cref="SettleRefunds"/>.</summary>
    public bool HoldsRefunds { get; set; }

    /// <summary>Whether the merchant verifies by the key that has an id: then there are no certificates.</summary>
    public bool PublicKeyOnly
    {
        get => Keys.PublicKeyOnly;
        set => Keys.PublicKeyOnly = value;
    }

    public static string PublicKeyId => PlatformKeys.PublicKeyId;

    /// <summary>Of <see cref="PublicKeyId"/>: base64 of the DER bytes.</summary>
    public static string PublicKey => PlatformKeys.PublicKey;

    /// <summary>In the order in which they were prepared.</summary>
    public IReadOnlyList<SandboxPayment> Payments => PaymentBook.All;

    /// <summary>In the order in which they were asked for.</summary>
    public IReadOnlyList<SandboxRefund> Refunds => RefundBook.All;

    public IReadOnlyList<PendingNotification> PendingNotifications => queue.All;

    internal PaymentBook PaymentBook { get; }

    internal RefundBook RefundBook { get; }

    internal PlatformKeys Keys { get; }

    /// <summary>The shopper pays what was prepared, and the notification is on its way.</summary>
    /// <param name="shopper">By name; whoever the payment was prepared for by default.</param>
    /// <param name="amountFen">What is really paid, where that is to be something else.</param>
    /// <param name="force">Also when it is closed or too late.</param>
    /// <exception cref="InvalidOperationException">It cannot be paid.</exception>
    public SandboxPayment Pay(string outTradeNo, string? shopper = null, long? amountFen = null, bool force = false)
    {
        var openId = shopper is null ? null : shoppers.Named(shopper).OpenId;
        var paid = PaymentBook.Pay(outTradeNo, openId, amountFen, force);
        Enqueue(NewsOf(paid));
        return paid;
    }

    /// <summary>What <c>wx.requestPayment</c> does on the shopper's phone, and the shopper types their password.</summary>
    /// <exception cref="InvalidOperationException">The phone takes it for wrong, or it cannot be paid.</exception>
    public SandboxPayment RequestPayment(string shopper, PaymentRequest request) => Pay(
        new PaymentRequests(options, PaymentBook, clock).Check(request, shoppers.Named(shopper).OpenId).OutTradeNo, shopper);

    /// <summary>Tells a payment once more, as WeChat now and then does.</summary>
    /// <exception cref="InvalidOperationException">It is not paid.</exception>
    public void NotifyAgain(string outTradeNo) => Enqueue(NewsOf(Paid(outTradeNo)));

    /// <summary>Brings refunds that are under way to their end, and their notifications on the way.</summary>
    /// <param name="refundNo">That one alone; all of them by default.</param>
    /// <returns>How many there were.</returns>
    public int SettleRefunds(
        SandboxRefundStatus status = SandboxRefundStatus.Success, string? refundNo = null) =>
        Settle(status, refund => refundNo is null || refund.RefundNo == refundNo);

    /// <summary>Sends every notification that is due by the sandbox's clock.</summary>
    /// <returns>How many attempts were made.</returns>
    public Task<int> SendDue(CancellationToken cancel)
    {
        SettleDue();
        return sender.SendDue(cancel);
    }

    /// <summary>Loses the notifications on their way.</summary>
    /// <returns>How many there were.</returns>
    public int DropNotifications() => queue.Clear();

    /// <summary>Sends the news of a payment that is paid, with a signature that is none: does the app verify?</summary>
    /// <returns>The app's answer, or null when there was none in time.</returns>
    /// <exception cref="InvalidOperationException">It is not paid.</exception>
    public Task<HttpStatusCode?> SendProbe(string outTradeNo, CancellationToken cancel) =>
        sender.SendProbe(NewsOf(Paid(outTradeNo)), cancel);

    /// <summary>The platform gets a new certificate and signs with it; the old one stays known.</summary>
    /// <returns>Its serial number.</returns>
    public string RotateCertificate() => Keys.Rotate().Serial;

    /// <summary>The bill of a day in China, as a file of WeChat's.</summary>
    public string Bill(DateOnly day)
    {
        SettleDue();
        return PayBill.Of(day, options, Payments, Refunds);
    }

    public void Dispose() => sender.Dispose();

    internal void Reset()
    {
        PaymentBook.Clear();
        RefundBook.Clear();
        queue.Clear();
        Keys.Clear();
        Levers.Reset();
        HoldsRefunds = false;
    }

    /// <summary>Time has done its work on the refunds under way.</summary>
    internal void SettleDue()
    {
        if (!HoldsRefunds)
            Settle(SandboxRefundStatus.Success, refund => refund.CreatedAt + RefundTime <= clock.GetUtcNow());
    }

    private int Settle(SandboxRefundStatus status, Func<SandboxRefund, bool> chosen)
    {
        var settled = RefundBook.Settle(status, chosen);
        foreach (var refund in settled.Where(refund => refund.NotifyUrl is not null))
            Enqueue(news.Of(refund, Levers.Delay));
        return settled.Count;
    }

    private SandboxPayment Paid(string outTradeNo) => PaymentBook.Find(outTradeNo) is { TransactionId: not null } paid
        ? paid
        : throw new InvalidOperationException($"{outTradeNo} is not paid.");

    private PendingNotification NewsOf(SandboxPayment paid) => news.Of(paid, Levers.Delay);

    private void Enqueue(PendingNotification notification)
    {
        if (!Levers.Lost)
            queue.Add(notification);
    }
}
