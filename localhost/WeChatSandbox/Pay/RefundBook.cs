namespace Pond.LocalHost.WeChatSandbox;

/// <summary>Every refund of the merchant, by their number.</summary>
internal sealed class RefundBook(PaymentBook payments, TimeProvider clock)
{
    /// <summary>Of one payment.</summary>
    public const int RefundsMax = 50;

    public static readonly TimeSpan RefundableFor = TimeSpan.FromDays(365);

    private readonly Lock gate = new();
    private readonly Dictionary<string, SandboxRefund> byNumber = [];

    /// <summary>False lets the account lack the money.</summary>
    public bool HasFunds { get; set; } = true;

    public IReadOnlyList<SandboxRefund> All
    {
        get
        {
            lock (gate)
                return [.. byNumber.Values.OrderBy(refund => refund.CreatedAt)];
        }
    }

    public SandboxRefund? Find(string refundNo)
    {
        lock (gate)
            return byNumber.GetValueOrDefault(refundNo);
    }

    /// <summary>The same number again is the same refund.</summary>
    /// <exception cref="PayException">Nothing goes back.</exception>
    public SandboxRefund Create(RefundOrder order)
    {
        lock (gate)
        {
            var payment = order.TransactionId is { } transactionId
                ? payments.FindTransaction(transactionId)
                : payments.Find(order.OutTradeNo!);
            if (payment?.TransactionId is null || (order.OutTradeNo ?? payment.OutTradeNo) != payment.OutTradeNo)
                throw new PayException(PayError.NoResource);
            if (byNumber.TryGetValue(order.RefundNo, out var known))
                return known.Parameters == order.Parameters ? known : throw new PayException(PayError.OrderChanged);
            Check(order, payment);
            if (!HasFunds)
                throw new PayException(PayError.NotEnough);

            var refund = new SandboxRefund(
                order.RefundNo,
                $"50{Numbers.Of(order.RefundNo, 27)}",
                payment.OutTradeNo,
                payment.TransactionId,
                order.RefundFen,
                order.TotalFen,
                clock.GetUtcNow())
            {
                NotifyUrl = order.NotifyUrl,
                Parameters = order.Parameters,
            };
            byNumber.Add(refund.RefundNo, refund);
            Note(refund.OutTradeNo);
            return refund;
        }
    }

    /// <summary>Brings those that are under way, and chosen, to their end.</summary>
    public IReadOnlyList<SandboxRefund> Settle(SandboxRefundStatus status, Func<SandboxRefund, bool> chosen)
    {
        if (status == SandboxRefundStatus.Processing)
            throw new ArgumentException("That is no end.", nameof(status));
        lock (gate)
        {
            SandboxRefund[] settled =
            [
                .. byNumber.Values.Where(refund => refund.Status == SandboxRefundStatus.Processing && chosen(refund))
                    .Select(refund => refund with { Status = status, SettledAt = clock.GetUtcNow() }),
            ];
            foreach (var refund in settled)
            {
                byNumber[refund.RefundNo] = refund;
                Note(refund.OutTradeNo);
            }

            return settled;
        }
    }

    public void Clear()
    {
        lock (gate)
            byNumber.Clear();
        HasFunds = true;
    }

    private void Check(RefundOrder order, SandboxPayment payment)
    {
        var before = Of(payment.OutTradeNo).ToList();
        if (order.TotalFen != payment.PaidFen)
            throw new PayException(PayError.Invalid("订单金额与原订单不一致"));
        if (before.Sum(refund => refund.AmountFen) + order.RefundFen > payment.PaidFen)
            throw new PayException(PayError.Invalid("退款金额大于可退金额"));
        if (before.Count >= RefundsMax)
            throw new PayException(PayError.Invalid("部分退款次数超过上限"));
        if (payment.PaidAt + RefundableFor <= clock.GetUtcNow())
            throw new PayException(PayError.Invalid("订单已超过可退款的最大期限"));
    }

    private void Note(string outTradeNo) => payments.NoteRefunds(
        outTradeNo,
        Of(outTradeNo).Any(),
        Of(outTradeNo).Where(refund => refund.Status == SandboxRefundStatus.Success).Sum(refund => refund.AmountFen));

    /// <summary>Those that count against the payment.</summary>
    private IEnumerable<SandboxRefund> Of(string outTradeNo) => byNumber.Values.Where(refund =>
        refund.OutTradeNo == outTradeNo && refund.Status != SandboxRefundStatus.Closed);
}

/// <summary>A refund that is asked for.</summary>
internal sealed record RefundOrder(
    string RefundNo,
    string? OutTradeNo,
    string? TransactionId,
    long RefundFen,
    long TotalFen,
    string? NotifyUrl,
    string Parameters);
