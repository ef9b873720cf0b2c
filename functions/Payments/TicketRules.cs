using Pond.Kernel;

namespace Pond.Payments;

/// <summary>PAY-07: what becomes of a ticket. Pure.</summary>
public static class TicketRules
{
    /// <summary>A ticket is opened once; one that has come right by itself is closed, unless somebody did it.</summary>
    public static Decision<TicketEvent> Hear(PaymentTicket? known, PaymentTicket told) => known switch
    {
        null when told.IsOpen => new TicketEvent.Opened(told),
        null => new TicketEvent.Settled(told),
        { IsOpen: true } when !told.IsOpen => new TicketEvent.Settled(known with { Settled = told.Settled }),
        _ => Decision<TicketEvent>.Nothing,
    };

    /// <summary>An operator settles one. Money that is still owed cannot be ignored.</summary>
    public static Decision<TicketEvent> Settle(PaymentTicket? known, TicketSettlement settlement)
    {
        if (known is null) return TicketRefusals.Missing;
        if (!known.IsOpen) return TicketRefusals.Settled;
        if (settlement.How is SettlementHow.Retried && !CanBeRetried(known.Kind)) return TicketRefusals.NotARefund;
        if (settlement.How is SettlementHow.Ignored && HasStopped(known.Kind)) return TicketRefusals.MoneyOwed;

        return new TicketEvent.Settled(known with { Settled = settlement });
    }

    /// <summary>Whether a refund of ours hangs on it that WeChat can be asked for again.</summary>
    public static bool CanBeRetried(TicketKind kind) => kind is TicketKind.RefundStuck || HasStopped(kind);

    private static bool HasStopped(TicketKind kind) =>
        kind is TicketKind.RefundClosed or TicketKind.RefundAbnormal or TicketKind.RefundDiffers;
}
