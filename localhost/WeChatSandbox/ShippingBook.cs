namespace Pond.LocalHost.WeChatSandbox;

/// <summary>A payment whose goods are on their way, as WeChat was told.</summary>
/// <param name="LogisticsType">1 by express, 2 within the city, 3 nothing to send, 4 fetched by the shopper.</param>
/// <param name="IsAll">Whether nothing is to follow.</param>
/// <param name="Reuploads">How often all of it was told once more: once at most.</param>
public sealed record SandboxShipping(
    string TransactionId,
    string OutTradeNo,
    string OpenId,
    int LogisticsType,
    IReadOnlyList<SandboxParcel> Parcels,
    bool IsAll,
    DateTimeOffset UploadedAt,
    int Reuploads = 0);

/// <summary>A parcel as WeChat was told.</summary>
public sealed record SandboxParcel(
    string? TrackingNo, string? Company, string Description, string? ConsignorPhone, string? ReceiverPhone);

/// <summary>What WeChat was told of goods sent, by the payment.</summary>
public sealed class ShippingBook
{
    private const int ReuploadsMax = 1;

    private readonly Lock gate = new();
    private readonly Dictionary<string, SandboxShipping> byTransaction = [];

    public IReadOnlyList<SandboxShipping> All
    {
        get
        {
            lock (gate)
                return [.. byTransaction.Values.OrderBy(shipping => shipping.UploadedAt)];
        }
    }

    public void Reset()
    {
        lock (gate)
            byTransaction.Clear();
    }

    /// <summary>What is wrong with it, or null.</summary>
    internal WeChatError? Take(SandboxShipping told)
    {
        lock (gate)
        {
            if (!byTransaction.TryGetValue(told.TransactionId, out var known))
            {
                byTransaction.Add(told.TransactionId, told);
                return null;
            }

            if (told.UploadedAt <= known.UploadedAt)
                return ShippingErrors.BadTime;
            if (told.Parcels.All(known.Parcels.Contains) && told.IsAll == known.IsAll)
                return ShippingErrors.Unchanged;
            if (known.IsAll && known.Reuploads == ReuploadsMax)
                return ShippingErrors.NoMoreUploads;
            byTransaction[told.TransactionId] = known.IsAll
                ? told with { Reuploads = known.Reuploads + 1 }
                : told with { Parcels = [.. known.Parcels.Union(told.Parcels)] };
            return null;
        }
    }
}

/// <summary>What only <c>upload_shipping_info</c> answers.</summary>
internal static class ShippingErrors
{
    public static readonly WeChatError NoPayment = new(10060001, "支付单不存在");
    public static readonly WeChatError NoMoreUploads = new(10060003, "支付单已使用重新发货机会");
    public static readonly WeChatError NotPaid = new(10060004, "支付单处于不可发货的状态");
    public static readonly WeChatError BadType = new(10060005, "物流类型有误");
    public static readonly WeChatError OnlyExpressSplits = new(10060006, "非快递发货时不允许分拆发货");
    public static readonly WeChatError NoIsAll = new(10060007, "分拆发货模式下必须填写is_all_delivered");
    public static readonly WeChatError NoDescription = new(10060008, "商品描述item_desc字段不能为空");
    public static readonly WeChatError LongDescription = new(10060009, "商品描述item_desc字段太长");
    public static readonly WeChatError BadParameter = new(10060014, "参数错误");
    public static readonly WeChatError Unchanged = new(10060023, "发货信息未更新");
    public static readonly WeChatError ManyParcels = new(10060024, "物流信息列表太长");
    public static readonly WeChatError LongCompany = new(10060025, "物流公司编码太长");
    public static readonly WeChatError LongTrackingNo = new(10060026, "物流单号太长");
    public static readonly WeChatError OtherPayer = new(10060031, "该订单不属于该用户");
    public static readonly WeChatError BadTime = new(268485216, "上传时间非法");
}
