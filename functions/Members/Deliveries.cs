using Pond.Kernel;

namespace Pond.Members;

/// <summary>Where an order goes: kept with the person, under the member's key. For those who place and ship orders.</summary>
public sealed class Deliveries
{
    /// <summary>The member's address of that id, or null.</summary>
    public Task<Address?> FindAddress(string memberId, string addressId, CancellationToken cancel) =>
        throw new NotSupportedException($"{this} {memberId} {addressId} {cancel}");

    /// <summary>Keeps a copy of an address for an order, so that later changes do not touch it; the same again is the same.</summary>
    /// <param name="note">What the shopper wants to say; null for nothing.</param>
    public Task<Refusal?> Keep(
        string memberId, string orderId, string addressId, string? note, CancellationToken cancel) =>
        throw new NotSupportedException($"{this} {memberId} {orderId} {addressId} {note} {cancel}");

    /// <summary>The copy; null when there is none, or when the person was erased.</summary>
    public Task<Delivery?> Find(string memberId, string orderId, CancellationToken cancel) =>
        throw new NotSupportedException($"{this} {memberId} {orderId} {cancel}");
}

/// <summary>An address of a member, as WeChat's <c>wx.chooseAddress</c> gives it.</summary>
/// <param name="RegionCode">Six digits, GB/T 2260: the first two are the province.</param>
public sealed record Address(
    string Id, string Name, string Phone, string RegionCode, string Province, string City, string District, string Detail)
{
    /// <summary>An address in a log would be personal data there.</summary>
    public override string ToString() => nameof(Address);
}

/// <summary>Where an order goes, and what the shopper said.</summary>
public sealed record Delivery(Address Address, string? Note)
{
    /// <summary>The same.</summary>
    public override string ToString() => nameof(Delivery);
}
