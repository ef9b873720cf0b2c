using System.Diagnostics;
using Pond.Kernel;

namespace Pond.Payments;

/// <summary>PAY-01, PAY-02, PAY-03: what happens to one number at WeChat Pay. Pure.</summary>
/// <remarks>What comes again changes nothing, whatever the order in which it comes.</remarks>
public static class PaymentRules
{
    /// <summary>The one currency.</summary>
    public const string Currency = "CNY";

    /// <summary>After the last moment to pay, until nobody can have paid without WeChat knowing.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>Between two looks at a payment that nobody has notified, once it is some time old.</summary>
    public static readonly TimeSpan LaterChecks = TimeSpan.FromHours(1);

    /// <summary>The longest pause while WeChat gives no answer.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    private const int DoublingsMax = 10;

    private static readonly TimeSpan[] FirstChecks =
    [
        TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
    ];

    /// <summary>Somebody is to pay. The same again is fulfilled; another wish of the number is refused.</summary>
    public static Decision<PaymentEvent> Begin(
        WeChatPayment? payment, PaymentWish wish, string payerHash, DateTimeOffset now)
    {
        if (payment is { Asked: null }) return PaymentRefusals.Closed;
        if (payment is { Asked: { } asked })
        {
            var isSame = asked.AmountFen == wish.AmountFen && asked.PayerHash == payerHash
                && payment.OrderId == wish.OrderId && payment.MemberId == wish.MemberId;
            return isSame ? Decision<PaymentEvent>.Nothing : PaymentRefusals.Differs;
        }

        if (now >= wish.PayBy) return PaymentRefusals.TooLate;
        var begun = new PaymentAsked(wish.AmountFen, payerHash, wish.PayBy, now);
        return new PaymentEvent.Begun(new WeChatPayment(
            wish.OutTradeNo, wish.OrderId, wish.MemberId, PaymentState.Prepared, begun,
            CheckAt: NextCheck(begun, now)));
    }

    /// <summary>PAY-02: WeChat has the money, whatever has become of the payment meanwhile.</summary>
    public static Decision<PaymentEvent> Pay(WeChatPayment payment, PaymentNews news, DateTimeOffset now)
    {
        if (payment.Paid is { } paid)
        {
            return paid.TransactionId == news.TransactionId
                ? Decision<PaymentEvent>.Nothing
                : new PaymentEvent.Troubled(PaymentTicket.Of(TicketKind.SecondTransaction, news, now));
        }

        return new PaymentEvent.Paid(
            payment.OutTradeNo,
            payment.OrderId,
            payment.MemberId,
            new PaidTransaction(news.TransactionId, news.AmountFen, IsAsAsked(payment.Asked, news), news.PaidAt));
    }

    /// <summary>PAY-03: nobody is to pay any more. Where nobody could begin yet, nobody ever will.</summary>
    public static Decision<PaymentEvent> AskClosing(
        WeChatPayment? payment, PaymentClosingV1 closing, DateTimeOffset now) => payment switch
        {
            null => new PaymentEvent.Closed(
                closing.OutTradeNo, closing.OrderId, closing.MemberId, now, CheckAt: null),
            { State: PaymentState.Closed } => Close(payment, now, payment.CheckAt),
            { State: PaymentState.Prepared, ClosingSince: null } =>
                new PaymentEvent.ClosingAsked(now, now + Pause(misses: 1)),
            _ => Decision<PaymentEvent>.Nothing,
        };

    /// <summary>WeChat says that it is not paid.</summary>
    /// <param name="checks">What the payment had counted when WeChat was asked: later answers say more.</param>
    public static Decision<PaymentEvent> Hear(
        WeChatPayment payment, NotPaidNews news, int checks, DateTimeOffset now)
    {
        if (payment.State is PaymentState.Paid || payment.Checks != checks) return Decision<PaymentEvent>.Nothing;
        var isOver = payment.State is PaymentState.Closed;
        return news switch
        {
            NotPaidNews.Closed when isOver => new PaymentEvent.Checked(CheckAt: null),
            NotPaidNews.Closed => Close(payment, now, checkAt: null),
            NotPaidNews.Missing when isOver => new PaymentEvent.Checked(LateCheck(payment, now)),
            NotPaidNews.Missing when WantsEnd(payment, now) => Close(payment, now, LateCheck(payment, now)),
            NotPaidNews.Missing => new PaymentEvent.Checked(NextCheck(payment.Asked!, now)),
            NotPaidNews.Open when !WantsEnd(payment, now) => new PaymentEvent.Checked(NextCheck(payment.Asked!, now)),
            NotPaidNews.Open or NotPaidNews.Unknown => new PaymentEvent.Missed(now + Pause(payment.Misses + 1)),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Whether it is to be closed at WeChat as soon as WeChat says that nobody has paid.</summary>
    public static bool WantsEnd(WeChatPayment payment, DateTimeOffset now) =>
        payment.State is PaymentState.Closed || payment.ClosingSince is not null
        || payment.Asked?.PayBy + Grace <= now;

    /// <summary>What the facts make of it.</summary>
    public static WeChatPayment? Evolve(WeChatPayment? payment, PaymentEvent fact) => fact switch
    {
        PaymentEvent.Begun begun => begun.Payment,
        PaymentEvent.Paid paid => payment! with
        {
            State = PaymentState.Paid,
            Paid = paid.Transaction,
            CheckAt = null,
        },
        PaymentEvent.ClosingAsked asked => payment! with { ClosingSince = asked.At, CheckAt = asked.CheckAt },
        PaymentEvent.Closed closed =>
            (payment ?? new WeChatPayment(closed.OutTradeNo, closed.OrderId, closed.MemberId, PaymentState.Closed)) with
            {
                State = PaymentState.Closed,
                ClosedAt = payment?.ClosedAt ?? closed.At,
                CheckAt = closed.CheckAt,
                Misses = 0,
            },
        PaymentEvent.Checked looked => payment! with
        {
            Checks = payment.Checks + 1,
            Misses = 0,
            CheckAt = looked.CheckAt,
        },
        PaymentEvent.Missed missed => payment! with
        {
            Checks = payment.Checks + 1,
            Misses = payment.Misses + 1,
            CheckAt = missed.CheckAt,
        },
        _ => payment,
    };

    /// <summary>When WeChat is asked next: often at first, then every hour, and once nobody can pay any more.</summary>
    public static DateTimeOffset NextCheck(PaymentAsked asked, DateTimeOffset now)
    {
        var early = FirstChecks.Select(after => asked.BegunAt + after).FirstOrDefault(at => at > now);
        var next = early == default ? now + LaterChecks : early;
        var last = asked.PayBy + Grace;
        return now < last && last < next ? last : next;
    }

    private static PaymentEvent.Closed Close(WeChatPayment payment, DateTimeOffset now, DateTimeOffset? checkAt) =>
        new(payment.OutTradeNo, payment.OrderId, payment.MemberId, now, checkAt);

    // WeChat did not know the number, but a call of ours may still be on its way there.
    private static DateTimeOffset? LateCheck(WeChatPayment payment, DateTimeOffset now) =>
        payment.Asked?.PayBy + Grace is { } last && now < last ? last : null;

    private static bool IsAsAsked(PaymentAsked? asked, PaymentNews news) =>
        asked is not null && asked.AmountFen == news.AmountFen && news.Currency == Currency
        && asked.PayerHash == news.PayerHash;

    private static TimeSpan Pause(int misses)
    {
        var pause = TimeSpan.FromMinutes(1 << Math.Min(misses - 1, DoublingsMax));
        return pause < LongestPause ? pause : LongestPause;
    }
}
