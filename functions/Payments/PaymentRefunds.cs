namespace Pond.Payments;

/// <summary>PAY-05: money of a payment that goes back. A row beside the payment.</summary>
/// <param name="RefundNo">The order's number, which stays.</param>
/// <param name="WeChatNo">Our number at WeChat: the same on every try, another one after WeChat has closed it.</param>
/// <param name="FormerNos">Numbers that WeChat has closed.</param>
/// <param name="MayBeTaken">A call may have been carried out: WeChat is asked before it is sent again.</param>
/// <param name="Steps">Counts what has happened to it.</param>
/// <param name="Failures">Answers in a row that did not bring it further.</param>
/// <param name="Polls">How often WeChat said that it is at it.</param>
/// <param name="Retries">How often a person has sent it again.</param>
/// <param name="NextAt">When to go on; null when there is nothing to do, or a person has to.</param>
/// <param name="SettledAt">When it was paid back; null while it is not.</param>
/// <param name="Ticket">What a person has to look at; null while nobody has to.</param>
public sealed record PaymentRefund(
    string RefundNo,
    long AmountFen,
    string Reason,
    PaymentRefundState State,
    string WeChatNo,
    IReadOnlyList<string> FormerNos,
    DateTimeOffset WantedAt,
    DateTimeOffset? NextAt,
    bool MayBeTaken = false,
    int Steps = 0,
    int Failures = 0,
    int Polls = 0,
    int Retries = 0,
    string? RefundId = null,
    DateTimeOffset? SettledAt = null,
    PaymentTicket? Ticket = null);

/// <summary>Stored by name: never rename one.</summary>
public enum PaymentRefundState
{
    /// <summary>Not sent yet.</summary>
    Waiting,

    /// <summary>Sent, and WeChat has not said yet that it took it.</summary>
    Sending,

    /// <summary>WeChat is at it.</summary>
    Processing,

    /// <summary>It failed at WeChat: a person decides how it goes on.</summary>
    Stopped,

    /// <summary>Paid back by WeChat. Final.</summary>
    Settled,

    /// <summary>Paid back by a person. Final.</summary>
    PaidByHand,
}
