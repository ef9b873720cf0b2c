using System.Globalization;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>Every payment of the merchant, by their number.</summary>
internal sealed class PaymentBook(TimeProvider clock)
{
    /// <summary>Unpaid for so long, it is closed of itself.</summary>
    public static readonly TimeSpan OpenMax = TimeSpan.FromDays(7);

    public static readonly TimeSpan PrepayIdLifetime = TimeSpan.FromHours(2);

    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    private readonly Lock gate = new();
    private readonly Dictionary<string, SandboxPayment> byNumber = [];
    private int prepared;

    public IReadOnlyList<SandboxPayment> All
    {
        get
        {
            lock (gate)
                return [.. byNumber.Values.Select(Current).OrderBy(payment => payment.CreatedAt)];
        }
    }

    public SandboxPayment? Find(string outTradeNo)
    {
        lock (gate)
            return byNumber.TryGetValue(outTradeNo, out var payment) ? Current(payment) : null;
    }

    public SandboxPayment? FindTransaction(string transactionId)
    {
        lock (gate)
            return byNumber.Values.FirstOrDefault(payment => payment.TransactionId == transactionId);
    }

    /// <summary>The same number again is the same payment, with a new <c>prepay_id</c>, or an error.</summary>
    /// <exception cref="PayException">It is paid, closed, too late, or was asked for otherwise.</exception>
    public SandboxPayment Prepare(SandboxPayment wanted)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var fresh = wanted with { PrepayId = NewPrepayId(now, ++prepared), PreparedAt = now };
            if (!byNumber.TryGetValue(wanted.OutTradeNo, out var known))
                return byNumber[wanted.OutTradeNo] = fresh;
            if (Current(known).State is SandboxTradeState.Success or SandboxTradeState.Refund)
                throw new PayException(PayError.OrderPaid);
            if (Current(known).State == SandboxTradeState.Closed || known.ExpiresAt <= now)
                throw new PayException(PayError.OrderClosed);
            if (known.Parameters != wanted.Parameters)
                throw new PayException(PayError.OrderChanged);
            return byNumber[wanted.OutTradeNo] = known with { PrepayId = fresh.PrepayId, PreparedAt = now };
        }
    }

    /// <summary>Once more does no harm.</summary>
    /// <exception cref="PayException">It is paid, or there is none.</exception>
    public void Close(string outTradeNo)
    {
        lock (gate)
        {
            var payment = Find(outTradeNo) ?? throw new PayException(PayError.NoOrder);
            if (payment.State is SandboxTradeState.Success or SandboxTradeState.Refund)
                throw new PayException(PayError.OrderPaid);
            byNumber[outTradeNo] = payment with { State = SandboxTradeState.Closed };
        }
    }

    /// <summary>What happens once the shopper has typed their password.</summary>
    /// <param name="force">Also when it is closed or too late.</param>
    /// <exception cref="InvalidOperationException">It cannot be paid.</exception>
    public SandboxPayment Pay(string outTradeNo, string? payerOpenId, long? amountFen, bool force)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var payment = Find(outTradeNo) ?? throw new InvalidOperationException($"{outTradeNo} was never prepared.");
            if (payment.State is SandboxTradeState.Success or SandboxTradeState.Refund)
                throw new InvalidOperationException($"{outTradeNo} is paid.");
            if (!force && (payment.State == SandboxTradeState.Closed || payment.ExpiresAt <= now))
                throw new InvalidOperationException($"{outTradeNo} is closed, or too late.");
            return byNumber[outTradeNo] = payment with
            {
                State = SandboxTradeState.Success,
                TransactionId = $"4200{Day(now)}{Numbers.Of(outTradeNo, 16)}",
                PayerOpenId = payerOpenId ?? payment.OpenId,
                PaidFen = amountFen ?? payment.AmountFen,
                PaidAt = now,
            };
        }
    }

    /// <summary>What refunds have made of it.</summary>
    public void NoteRefunds(string outTradeNo, bool any, long refundedFen)
    {
        lock (gate)
        {
            var state = any ? SandboxTradeState.Refund : SandboxTradeState.Success;
            byNumber[outTradeNo] = byNumber[outTradeNo] with { State = state, RefundedFen = refundedFen };
        }
    }

    public void Clear()
    {
        lock (gate)
            byNumber.Clear();
    }

    private SandboxPayment Current(SandboxPayment payment) =>
        payment.State == SandboxTradeState.NotPay && payment.CreatedAt + OpenMax <= clock.GetUtcNow()
            ? payment with { State = SandboxTradeState.Closed }
            : payment;

    private static string NewPrepayId(DateTimeOffset now, int number) =>
        $"wx{now.ToOffset(ChinaOffset).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}"
        + Numbers.Of($"{now.UtcTicks} {number}", 20);

    private static string Day(DateTimeOffset now) =>
        now.ToOffset(ChinaOffset).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
