namespace Pond.Orders;

/// <summary>Settings of what comes after paying, section <c>Orders</c>.</summary>
public sealed class AfterSaleOptions
{
    private const int DaysMax = 365;

    /// <summary>Days in which the shop answers a refund.</summary>
    public int RefundDecisionDays { get; set; } = 3;

    /// <summary>Days in which a shopper sends the goods back.</summary>
    public int RefundReturnDays { get; set; } = 7;

    /// <summary>Days in which the shop looks at what came back.</summary>
    public int RefundInspectionDays { get; set; } = 10;

    /// <summary>Days after the receipt in which a refund can be asked for.</summary>
    public int RefundDaysAfterReceipt { get; set; } = 15;

    /// <summary>Days from the last parcel to when an order counts as received.</summary>
    public int ReceiptDays { get; set; } = 14;

    /// <summary>Whether what was not sent is paid back without anybody's answer: <c>true</c> or <c>false</c>.</summary>
    public string AutoRefundUnshipped { get; set; } = "false";

    /// <summary>The same for the rules.</summary>
    public AfterSaleTerms Terms() => new(
        TimeSpan.FromDays(RefundDecisionDays),
        TimeSpan.FromDays(RefundReturnDays),
        TimeSpan.FromDays(RefundInspectionDays),
        TimeSpan.FromDays(RefundDaysAfterReceipt),
        TimeSpan.FromDays(ReceiptDays),
        AutoRefundUnshipped == "true");

    /// <summary>What is malformed.</summary>
    public IEnumerable<string> Problems()
    {
        (string Name, int Days)[] all =
        [
            (nameof(RefundDecisionDays), RefundDecisionDays), (nameof(RefundReturnDays), RefundReturnDays),
            (nameof(RefundInspectionDays), RefundInspectionDays),
            (nameof(RefundDaysAfterReceipt), RefundDaysAfterReceipt), (nameof(ReceiptDays), ReceiptDays),
        ];
        foreach (var (name, _) in all.Where(one => one.Days is < 1 or > DaysMax))
            yield return $"Orders:{name} must be 1 … {DaysMax}.";
        if (AutoRefundUnshipped is not ("true" or "false"))
            yield return "Orders:AutoRefundUnshipped must be true or false.";
    }
}
