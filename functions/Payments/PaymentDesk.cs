using System.Diagnostics;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.WeChat.Pay;

namespace Pond.Payments;

/// <summary>Begins a payment by WeChat. For those who have something to be paid.</summary>
public sealed partial class PaymentDesk(
    WeChatPay weChat,
    PaymentChecks checks,
    Transactor transactor,
    OpenIds openIds,
    PayerHashes payers,
    TimeProvider clock,
    ILogger<PaymentDesk> log)
{
    /// <summary>
    /// Keeps the wish, then lets WeChat prepare it; the same again gives fresh parameters. When a former call under
    /// this number may have been paid meanwhile, WeChat is asked first.
    /// </summary>
    public async Task<PaymentStart> Begin(PaymentWish wish, CancellationToken cancel)
    {
        if (await openIds.Of(wish.MemberId, cancel) is not { } openId)
            return new PaymentStart.NotNow(PaymentRefusals.NoPayer);

        var before = await checks.Find(wish.OutTradeNo, cancel);
        var payerHash = payers.Of(openId);
        var content = $"{wish.OutTradeNo} {wish.OrderId} {wish.MemberId} {wish.AmountFen} {payerHash}";
        var decision = await transactor.Run(
            PaymentRows.Payment(wish.OutTradeNo),
            new Operation(nameof(PaymentDesk), content, Fingerprint: null),
            (book, now) => PaymentRules.Begin(book.Payment, wish, payerHash, now),
            cancel);
        if (decision.Refusal is { } refusal)
            return refusal == PaymentRefusals.Closed ? new PaymentStart.Closed() : new PaymentStart.NotNow(refusal);

        var known = before is null ? null : await AskFirst(before, cancel);
        return known ?? await Prepare(wish, openId, cancel);
    }

    // Null as long as somebody may pay.
    private async Task<PaymentStart?> AskFirst(WeChatPayment before, CancellationToken cancel)
    {
        if (Ended(before) is { } ended) return ended;
        return await checks.Ask(before, cancel) switch
        {
            QueryOutcome.Paid => new PaymentStart.Paid(),
            QueryOutcome.Closed => new PaymentStart.Closed(),
            QueryOutcome.NotPaid or QueryOutcome.Missing => null,
            QueryOutcome.Unknown => new PaymentStart.NotNow(PaymentRefusals.NoAnswer),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<PaymentStart> Prepare(PaymentWish wish, string openId, CancellationToken cancel)
    {
        if (clock.GetUtcNow() >= wish.PayBy) return new PaymentStart.NotNow(PaymentRefusals.TooLate);
        var request = new PrepayRequest(
            wish.OutTradeNo, wish.Description, wish.AmountFen, openId, wish.PayBy, NotifyPayment.Path);
        switch (await weChat.Prepay(request, cancel))
        {
            case PrepayOutcome.Ready ready:
                return await Ready(wish.OutTradeNo, ready.PrepayId, cancel);
            case PrepayOutcome.Paid:
                await AskAgain(wish.OutTradeNo, cancel);
                return new PaymentStart.Paid();
            case PrepayOutcome.Closed:
                await AskAgain(wish.OutTradeNo, cancel);
                return new PaymentStart.Closed();
            case PrepayOutcome.Refused refused:
                NotTaken(wish.OutTradeNo, refused.Code);
                return new PaymentStart.NotNow(PaymentRefusals.NotTaken);
            default:
                return new PaymentStart.NotNow(PaymentRefusals.NoAnswer);
        }
    }

    // The order may have been cancelled, or WeChat may have told that it is paid, while WeChat prepared it.
    private async Task<PaymentStart> Ready(string outTradeNo, string prepayId, CancellationToken cancel)
    {
        var payment = await checks.Find(outTradeNo, cancel);
        if (payment is not null && Ended(payment) is { } ended)
        {
            if (ended is PaymentStart.Paid) return ended;
            await checks.Look(payment, cancel); // closes what WeChat has prepared, unless somebody has paid
            return Ended((await checks.Find(outTradeNo, cancel))!)!;
        }

        var signed = weChat.Sign(prepayId);
        return new PaymentStart.Ready(new PaymentParameters(
            signed.TimeStamp, signed.NonceStr, signed.Package, signed.SignType, signed.PaySign));
    }

    private async Task AskAgain(string outTradeNo, CancellationToken cancel)
    {
        if (await checks.Find(outTradeNo, cancel) is { State: PaymentState.Prepared } payment)
            await checks.Ask(payment, cancel);
    }

    // What is to be closed is not closed yet: somebody may have paid, and an order must not take it for closed.
    private static PaymentStart? Ended(WeChatPayment payment) => payment switch
    {
        { State: PaymentState.Paid } => new PaymentStart.Paid(),
        { State: PaymentState.Closed } => new PaymentStart.Closed(),
        { ClosingSince: not null } => new PaymentStart.NotNow(PaymentRefusals.Closed),
        _ => null,
    };

    [LoggerMessage(LogLevel.Error, "WeChat does not take the payment {OutTradeNo}: {Code}")]
    private partial void NotTaken(string outTradeNo, string code);
}
