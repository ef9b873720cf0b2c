using Microsoft.Azure.Functions.Worker;
using Pond.Kernel;
using Pond.Members;
using Pond.Platform;
using Pond.Platform.Outbox;
using Pond.Platform.WeChat;

namespace Pond.Orders;

/// <summary>
/// ORD-07: tells WeChat of a parcel, again and again until it takes it: until then the shop's money is kept back. What
/// it never takes ends among the poison, where a person sees it.
/// </summary>
public sealed class UploadOnShipmentMade(
    Inbox inbox, OrderPlaces places, ShippingInfos infos, OpenIds openIds, Deliveries deliveries)
{
    private const int PhoneDigitsShown = 4;

    [Function(nameof(UploadOnShipmentMade))]
    public Task Run(
        [QueueTrigger(RefundMessages.ShipmentQueue, Connection = "PondStorage")] string message,
        CancellationToken cancel) =>
        inbox.Handle<ShipmentMadeV1>(
            nameof(UploadOnShipmentMade), RefundMessages.ShipmentQueue, message, Upload, cancel);

    private async Task<Refusal?> Upload(ShipmentMadeV1 made, Operation operation, CancellationToken cancel)
    {
        if (await places.FindOf(made.MemberId, made.OrderId, cancel) is not { } order) return OrderRefusals.Missing;
        if (await openIds.Of(order.MemberId, cancel) is not { } openId) return MemberRefusals.Missing; // who left, left

        var delivery = order.AddressId is null ? null : await deliveries.Find(order.MemberId, order.Id, cancel);
        var phone = delivery is { Address.Phone: { Length: > PhoneDigitsShown } full } ? Masked(full) : null;
        var info = ShippingRules.InfoOf(order, made.Number, openId, phone);
        return await infos.Upload(info, cancel) is true
            ? null
            : throw new InvalidOperationException($"WeChat has not taken parcel {made.Number} of {order.Id}.");
    }

    private static string Masked(string phone) =>
        new string('*', phone.Length - PhoneDigitsShown) + phone[^PhoneDigitsShown..];
}
