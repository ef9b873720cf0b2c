namespace Pond.Platform.WeChat.Pay;

/// <summary>Payments and refunds, as WeChat Pay writes them; null when anything is missing.</summary>
internal static class PayFacts
{
    /// <summary>A payment that was made: the same in the answer to a query and in a notification.</summary>
    public static Transaction? Transaction(PayJson body)
    {
        if (body.Name("appid") is { } appId
            && body.Name("mchid") is { } mchId
            && body.Name("out_trade_no") is { } outTradeNo
            && body.Name("transaction_id") is { } transactionId
            && body.Name("trade_state") is { } state
            && body.Part("amount")?.Fen("total") is { } totalFen
            && body.Part("amount")?.Name("currency") is { } currency
            && body.Part("payer")?.Name("openid") is { } openId
            && body.Time("success_time") is { } paidAt)
            return new(appId, mchId, outTradeNo, transactionId, state, totalFen, currency, openId, paidAt);
        return null;
    }

    /// <param name="statusField">A notification calls it otherwise than an answer.</param>
    /// <param name="mchId">The answer does not repeat it.</param>
    public static RefundNews? Refund(PayJson body, string statusField, string? mchId)
    {
        if (mchId is not null
            && body.Name("out_trade_no") is { } outTradeNo
            && body.Name("transaction_id") is { } transactionId
            && body.Name("out_refund_no") is { } refundNo
            && body.Name("refund_id") is { } refundId
            && Status(body.Text(statusField)) is { } status
            && body.Part("amount")?.Fen("refund") is { } refundFen
            && body.Part("amount")?.Fen("total") is { } totalFen)
        {
            var succeededAt = body.Time("success_time");
            return new(
                mchId, outTradeNo, transactionId, refundNo, refundId, status, refundFen, totalFen, succeededAt);
        }

        return null;
    }

    public static RefundStatus? Status(string? text) => text switch
    {
        "PROCESSING" => RefundStatus.Processing,
        "SUCCESS" => RefundStatus.Success,
        "CLOSED" => RefundStatus.Closed,
        "ABNORMAL" => RefundStatus.Abnormal,
        _ => null,
    };
}
