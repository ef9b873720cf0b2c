using Pond.Members;
using Pond.Platform.WeChat.Pay;

namespace Pond.Payments;

/// <summary>Who pays, as a keyed hash: a payment names no openid.</summary>
public sealed class PayerHashes(KeyedHashes hashes)
{
    private const string Purpose = "payment-payer";

    public string Of(string openId) => Convert.ToHexStringLower(hashes.Of(Purpose, openId));

    /// <summary>What WeChat tells of a payment, as the rules take it.</summary>
    internal PaymentNews NewsOf(Transaction transaction) => new(
        transaction.OutTradeNo,
        transaction.TransactionId,
        transaction.TotalFen,
        transaction.Currency,
        Of(transaction.OpenId),
        transaction.PaidAt);
}
