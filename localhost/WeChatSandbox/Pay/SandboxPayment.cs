namespace Pond.LocalHost.WeChatSandbox;

/// <summary>Where a payment stands, in WeChat's words.</summary>
public enum SandboxTradeState
{
    NotPay,
    Success,

    /// <summary>Some or all of it goes back, or went back.</summary>
    Refund,
    Closed,
}

/// <summary>A payment as the sandbox has it in its books.</summary>
/// <param name="OpenId">Who is to pay.</param>
/// <param name="ExpiresAt">The last moment to pay; nobody closes it then.</param>
/// <param name="PrepayId">The newest.</param>
public sealed record SandboxPayment(
    string OutTradeNo,
    string Description,
    long AmountFen,
    string OpenId,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    string PrepayId)
{
    public SandboxTradeState State { get; init; }

    /// <summary>WeChat's number, once it is paid.</summary>
    public string? TransactionId { get; init; }

    /// <summary>Who has paid.</summary>
    public string? PayerOpenId { get; init; }

    /// <summary>What was really paid.</summary>
    public long PaidFen { get; init; }

    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>What really went back.</summary>
    public long RefundedFen { get; init; }

    /// <summary>When the newest <see cref="PrepayId"/> was given.</summary>
    internal DateTimeOffset PreparedAt { get; init; }

    internal string NotifyUrl { get; init; } = "";

    internal string? Attach { get; init; }

    /// <summary>The request as it came first, in one form.</summary>
    internal string Parameters { get; init; } = "";
}

/// <summary>Where a refund stands, in WeChat's words.</summary>
public enum SandboxRefundStatus
{
    Processing,
    Success,

    /// <summary>It failed, and its number is used up.</summary>
    Closed,

    /// <summary>The payer's account does not take it.</summary>
    Abnormal,
}

/// <summary>A refund as the sandbox has it in its books.</summary>
/// <param name="RefundId">WeChat's number.</param>
public sealed record SandboxRefund(
    string RefundNo,
    string RefundId,
    string OutTradeNo,
    string TransactionId,
    long AmountFen,
    long TotalFen,
    DateTimeOffset CreatedAt)
{
    public SandboxRefundStatus Status { get; init; }

    /// <summary>When it came to its end.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Null where the merchant wants no notification.</summary>
    internal string? NotifyUrl { get; init; }

    internal string Parameters { get; init; } = "";
}
