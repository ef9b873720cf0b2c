using Pond.Kernel;

namespace Pond.Members;

/// <summary>
/// Where an order goes: kept with the person, under the member's key. For those who place and ship orders.
/// </summary>
/// <remarks>
/// A merge moves what is kept to the survivor. Whoever looks while it is under way looks with the member who placed the
/// order first, and with the survivor after: it is put there before it goes here.
/// </remarks>
public sealed class Deliveries(PersonalData people, Survivors survivors)
{
    internal const string Prefix = "delivery";

    /// <summary>The member's address of that id, or null.</summary>
    public async Task<Address?> FindAddress(string memberId, string addressId, CancellationToken cancel)
    {
        foreach (var accountId in await survivors.LineOf(memberId, cancel))
        {
            var book = await people.FindRow<AddressBook>(accountId, AddressBooks.Row, cancel);
            if (book?.Find(addressId) is { } known) return known.Address;
        }

        return null;
    }

    /// <summary>
    /// Keeps a copy of an address for an order, so that later changes do not touch it; the same again is the same.
    /// </summary>
    /// <param name="note">What the shopper wants to say; null for nothing.</param>
    public async Task<Refusal?> Keep(
        string memberId, string orderId, string addressId, string? note, CancellationToken cancel)
    {
        if (await Find(memberId, orderId, cancel) is not null) return null;
        if (await FindAddress(memberId, addressId, cancel) is not { } address) return AddressRefusals.Missing;

        var delivery = new KeptDelivery(orderId, address, note);
        var survivorId = (await survivors.LineOf(memberId, cancel))[^1];
        var decision = await people.ChangeRow<KeptDelivery>(
            survivorId, Row(orderId), kept => kept is null ? delivery : Decision<KeptDelivery>.Nothing, cancel);
        return decision.Refusal;
    }

    /// <summary>The copy; null when there is none, or when the person was erased.</summary>
    public async Task<Delivery?> Find(string memberId, string orderId, CancellationToken cancel)
    {
        foreach (var accountId in await survivors.LineOf(memberId, cancel))
        {
            if (await people.FindRow<KeptDelivery>(accountId, Row(orderId), cancel) is { } kept)
                return new Delivery(kept.Address, kept.Note);
        }

        return null;
    }

    internal static string Row(string orderId) => $"{Prefix}:{orderId}";
}

/// <summary>An address of a member, as WeChat's <c>wx.chooseAddress</c> gives it.</summary>
/// <param name="RegionCode">Six digits, GB/T 2260: the first two are the province.</param>
public sealed record Address(
    string Id,
    string Name,
    string Phone,
    string RegionCode,
    string Province,
    string City,
    string District,
    string Detail)
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

/// <summary>The copy of an order, as it is kept.</summary>
public sealed record KeptDelivery(string OrderId, Address Address, string? Note)
{
    /// <summary>The same.</summary>
    public override string ToString() => nameof(KeptDelivery);
}
