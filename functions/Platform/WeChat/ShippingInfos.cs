namespace Pond.Platform.WeChat;

/// <summary>Tells WeChat that a paid order was sent: until then it keeps the money back.</summary>
/// <remarks>Source: developers.weixin.qq.com, 小程序发货信息管理服务, <c>upload_shipping_info</c>.</remarks>
public sealed class ShippingInfos
{
    /// <summary>True once WeChat has it; false when it says no for good; null when nobody knows: try again.</summary>
    public Task<bool?> Upload(ShippingInfo info, CancellationToken cancel) =>
        throw new NotSupportedException($"{this} {info} {cancel}");
}

/// <summary>What was sent.</summary>
/// <param name="LogisticsType">1 by express, 2 within the city, 3 nothing to send, 4 fetched by the shopper.</param>
/// <param name="ReceiverPhone">Masked but for the last four digits; null where no carrier asks for it.</param>
public sealed record ShippingInfo(
    string TransactionId,
    string OpenId,
    int LogisticsType,
    IReadOnlyList<ShippedParcel> Parcels,
    bool IsAll,
    DateTimeOffset At);

/// <summary>A parcel.</summary>
/// <param name="Description">Of the goods: at most 120 characters.</param>
public sealed record ShippedParcel(string? Company, string? TrackingNo, string Description, string? ReceiverPhone);
