namespace Pond.Tests.Simulation;

/// <summary>What goes wrong. Each has a rate of its own in each seed.</summary>
internal enum FaultKind
{
    /// <summary>The answer to a read is lost.</summary>
    ReadLost,

    /// <summary>A commit never arrives, and its caller does not know that.</summary>
    CommitLost,

    /// <summary>A commit lands, and its caller does not know that.</summary>
    CommitUnanswered,

    /// <summary>A commit lands long after its caller has given it up.</summary>
    CommitLate,

    /// <summary>A call to the store takes seconds.</summary>
    StoreSlow,

    /// <summary>A send fails, and the message is not there.</summary>
    SendLost,

    /// <summary>A send fails, and the message is there.</summary>
    SendUnanswered,

    /// <summary>A message is there twice.</summary>
    MessageDoubled,

    /// <summary>A message comes minutes later.</summary>
    MessageLate,

    /// <summary>A message is gone.</summary>
    MessageGone,

    /// <summary>A message is delivered again while its function runs.</summary>
    LeaseLost,

    /// <summary>A settled message is not deleted.</summary>
    DeleteLost,

    /// <summary>A call does not reach WeChat.</summary>
    WeChatUnreached,

    /// <summary>WeChat fails, and does nothing.</summary>
    WeChatBroken,

    /// <summary>WeChat does it, and its answer is lost.</summary>
    WeChatUnanswered,

    /// <summary>WeChat takes longer than anybody waits, and does it.</summary>
    WeChatLate,

    /// <summary>A notification of WeChat is lost.</summary>
    NotificationLost,

    /// <summary>A notification of WeChat comes several times at once.</summary>
    NotificationDoubled,

    /// <summary>Somebody forges a notification.</summary>
    NotificationForged,

    /// <summary>A phone's request is lost.</summary>
    RequestLost,

    /// <summary>The answer to a phone is lost.</summary>
    AnswerLost,

    /// <summary>The network makes two of a phone's request, which come to two processes at the same instant.</summary>
    RequestDoubled,

    /// <summary>A process dies by kill -9, and starts again.</summary>
    Kill,

    /// <summary>A process stands still for minutes.</summary>
    Freeze,

    /// <summary>A process stands still for minutes between the decision and its commit.</summary>
    FreezeAtCommit,

    /// <summary>A process stands still while it places an order, until that is given up.</summary>
    FreezeAtPlacing,

    /// <summary>A process dies at a commit that has a message to send, which lands minutes later.</summary>
    KillAtCommit,

    /// <summary>A shopper pays another amount than was asked for; no WeChat lets that happen.</summary>
    AmountDiffers,

    /// <summary>Somebody pays between WeChat's answer that nobody has and the closing.</summary>
    PaidAtClosing,

    /// <summary>Money comes under a number that is closed.</summary>
    PaidLate,

    /// <summary>A refund that WeChat has accepted does not arrive.</summary>
    RefundFails,

    /// <summary>A process's clock jumps.</summary>
    Skew,

    /// <summary>All messages of all queues are gone.</summary>
    Purge,

    /// <summary>A timer does not run.</summary>
    TimerSkipped,

    /// <summary>A timer runs on two processes at once.</summary>
    TimerDoubled,

    /// <summary>For seconds the store takes no commit, and for as long again the queues no message.</summary>
    StoreDown,
}
