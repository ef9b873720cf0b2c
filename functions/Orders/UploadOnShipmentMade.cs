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
    Inbox inbox,
    OrderPlaces places,
    ShippingInfos infos,
    OpenIds openIds,
    Deliveries deliveries,
    TimeProvider clock)
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
        // WeChat takes nothing that is not later than what it took before: a try anew is a time anew.
        var info = ShippingRules.InfoOf(order, openId, phone, clock.GetUtcNow());
        return info is null || await infos.Upload(info, cancel) is true
            ? null
            : throw new InvalidOperationException($"WeChat has not taken the parcels of {order.Id}.");
    }

    private static string Masked(string phone) =>
        new string('*', phone.Length - PhoneDigitsShown) + phone[^PhoneDigitsShown..];
}
