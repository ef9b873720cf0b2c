namespace Pond.Platform.WeChat.Pay;

/// <summary>What is to be paid, and by whom.</summary>
public sealed record PrepayRequest(
    string OutTradeNo, string Description, long AmountFen, string OpenId, DateTimeOffset ExpiresAt, string NotifyPath)
{
    /// <summary>An openid that reached a log would be personal data there.</summary>
    public override string ToString() => $"{nameof(PrepayRequest)} {OutTradeNo}";
}

/// <summary>The parameters of <c>wx.requestPayment</c>.</summary>
public sealed record SignedPayment(string TimeStamp, string NonceStr, string Package, string SignType, string PaySign);

/// <summary>What came of a prepayment.</summary>
public abstract record PrepayOutcome
{
    private PrepayOutcome()
    {
    }

    /// <param name="PrepayId">Good for two hours.</param>
    public sealed record Ready(string PrepayId) : PrepayOutcome;

    /// <summary>Somebody has paid under this number.</summary>
    public sealed record Paid : PrepayOutcome;

    /// <summary>This number is closed.</summary>
    public sealed record Closed : PrepayOutcome;

    /// <summary>WeChat does not take it, and will not: settings, or the values.</summary>
    /// <param name="Code">WeChat's, without underscores.</param>
    public sealed record Refused(string Code) : PrepayOutcome;

    /// <summary>No answer that can be used; it may have been carried out.</summary>
    public sealed record Unknown : PrepayOutcome;
}

/// <summary>What WeChat knows of a payment.</summary>
public abstract record QueryOutcome
{
    private QueryOutcome()
    {
    }

    /// <summary>The money is there, also when some or all of it went back since.</summary>
    public sealed record Paid(Transaction Transaction) : QueryOutcome;

    /// <summary>Nobody has paid, and somebody still may.</summary>
    public sealed record NotPaid : QueryOutcome;

    /// <summary>Nobody has paid, and nobody can.</summary>
    public sealed record Closed : QueryOutcome;

    /// <summary>WeChat has never heard of the number.</summary>
    public sealed record Missing : QueryOutcome;

    /// <summary>No answer that can be used.</summary>
    public sealed record Unknown : QueryOutcome;
}

/// <summary>A payment, as query and notification tell it.</summary>
public sealed record Transaction(
    string AppId,
    string MchId,
    string OutTradeNo,
    string TransactionId,
    string TradeState,
    long TotalFen,
    string Currency,
    string OpenId,
    DateTimeOffset PaidAt)
{
    /// <summary>An openid that reached a log would be personal data there.</summary>
    public override string ToString() => $"{nameof(Transaction)} {TransactionId}";
}

/// <summary>What came of closing a payment.</summary>
public enum CloseOutcome
{
    /// <summary>Nobody can pay any more, and nobody has.</summary>
    Closed,

    /// <summary>Somebody has paid.</summary>
    Paid,

    /// <summary>WeChat has never heard of the number.</summary>
    Missing,

    /// <summary>No answer that can be used.</summary>
    Unknown,
}
