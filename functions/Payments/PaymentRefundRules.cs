using System.Globalization;
using Pond.Kernel;
using Pond.Platform.Storage;

namespace Pond.Payments;

/// <summary>PAY-05: which money goes back, and in what order. Pure.</summary>
public static class PaymentRefundRules
{
    /// <summary>Refunds of one payment; WeChat takes no more.</summary>
    public const int RefundsMax = 50;

    /// <summary>Characters of a number at WeChat.</summary>
    public const int NumberCharsMax = 64;

    /// <summary>The longest pause between two tries.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private const int DoublingsMax = 10;

    /// <summary>An order wants money to go back: never more than was paid, and each number once.</summary>
    public static Decision<PaymentEvent> Want(PaymentBook book, RefundWantedV1 wanted, DateTimeOffset now)
    {
        if (book.Refund(wanted.RefundNo) is { } known)
        {
            return known.AmountFen == wanted.AmountFen
                ? Decision<PaymentEvent>.Nothing
                : Decline(wanted, "amount", now);
        }

        if (book.Payment?.Paid is not { } paid) return Decline(wanted, "notpaid", now);
        if (book.Refunds.Count >= RefundsMax) return Decline(wanted, "toomany", now);
        if (wanted.AmountFen < 1 || SumFen(book) + wanted.AmountFen > paid.AmountFen)
            return Decline(wanted, "toomuch", now);

        return new PaymentEvent.RefundChanged(New(wanted, now));
    }

    /// <summary>What has gone back, is on its way or may be: no refund is ever given up.</summary>
    public static long SumFen(PaymentBook book) => book.Refunds.Sum(refund => refund.AmountFen);

    /// <summary>The refund to go on with now, one at a time for each payment; null when there is none.</summary>
    public static PaymentRefund? Next(PaymentBook book, DateTimeOffset now) =>
        Turn(book) is { } refund && refund.NextAt <= now ? refund : null;

    /// <summary>When to go on; null when nothing is left to do.</summary>
    public static DateTimeOffset? NextAt(PaymentBook book) => Turn(book)?.NextAt;

    /// <summary>It is about to be sent: kept first, so that no other one of this payment is sent meanwhile.</summary>
    public static Decision<PaymentEvent> Send(PaymentBook book, PaymentRefund seen, DateTimeOffset now)
    {
        if (Turn(book) is not { } refund || refund.RefundNo != seen.RefundNo || refund.Steps != seen.Steps)
            return Decision<PaymentEvent>.Nothing;

        return new PaymentEvent.RefundChanged(refund with
        {
            State = PaymentRefundState.Sending,
            MayBeTaken = true,
            Steps = refund.Steps + 1,
            NextAt = now + Pause(tries: 1),
        });
    }

    /// <summary>What the facts make of the refunds.</summary>
    public static IReadOnlyList<PaymentRefund> Evolve(IReadOnlyList<PaymentRefund> refunds, PaymentEvent fact)
    {
        var changed = fact switch
        {
            PaymentEvent.RefundChanged { Refund: var refund } => refund,
            PaymentEvent.RefundSettled { Refund: var refund } => refund,
            _ => null,
        };
        if (changed is null) return refunds;
        var others = refunds.Where(refund => refund.RefundNo != changed.RefundNo);
        return [.. others.Append(changed).OrderBy(refund => refund.RefundNo, StringComparer.Ordinal)];
    }

    /// <summary>A refund that was not sent yet.</summary>
    public static PaymentRefund New(RefundWantedV1 wanted, DateTimeOffset now) => new(
        wanted.RefundNo, wanted.AmountFen, wanted.Reason, PaymentRefundState.Waiting, wanted.RefundNo, [], now, now);

    internal static PaymentEvent.RefundSettled Settle(
        PaymentBook book, PaymentRefund refund, PaymentRefundState state, string? refundId, DateTimeOffset at) => new(
        refund with
        {
            State = state,
            NextAt = null,
            MayBeTaken = false,
            Steps = refund.Steps + 1,
            RefundId = refundId ?? refund.RefundId,
            SettledAt = at,
        },
        book.Payment!.Paid!,
        new RefundSettledV1(
            refund.RefundNo, book.Payment.OutTradeNo, book.Payment.OrderId, book.Payment.MemberId,
            refund.AmountFen, at));

    /// <summary>The number after WeChat has closed one: it follows from the first, so that it is sent once.</summary>
    public static string NumberAfter(PaymentRefund refund)
    {
        var suffix = (refund.FormerNos.Count + 2).ToString(CultureInfo.InvariantCulture);
        var number = $"{refund.RefundNo}-{suffix}";
        return number.Length <= NumberCharsMax ? number : $"{Keys.Hash(refund.RefundNo)}-{suffix}";
    }

    // One at a time: what was begun goes on before another one is sent.
    private static PaymentRefund? Turn(PaymentBook book) =>
        book.Refunds.FirstOrDefault(one => one.State is PaymentRefundState.Sending or PaymentRefundState.Processing)
        ?? book.Refunds.Where(one => one.State is PaymentRefundState.Waiting)
            .OrderBy(one => one.WantedAt).ThenBy(one => one.RefundNo, StringComparer.Ordinal).FirstOrDefault();

    private static PaymentEvent.Troubled Decline(RefundWantedV1 wanted, string why, DateTimeOffset now) =>
        new(PaymentTicket.Of(wanted, why, now));

    /// <summary>Longer with each try.</summary>
    internal static TimeSpan Pause(int tries)
    {
        var pause = TimeSpan.FromMinutes(1 << Math.Min(tries - 1, DoublingsMax));
        return pause < LongestPause ? pause : LongestPause;
    }
}
