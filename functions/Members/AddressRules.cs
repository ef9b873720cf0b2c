using Pond.Kernel;
using Pond.Platform;

namespace Pond.Members;

/// <summary>ADR-01: how addresses are kept. Pure.</summary>
public static class AddressRules
{
    /// <summary>Addresses of one member, but for what a merge brings.</summary>
    public const int AddressesMax = 20;

    private const string China = "86";
    private const int RegionDigits = 6;

    /// <summary>The address in the form in which it is kept, or why it cannot be.</summary>
    public static Decision<Address> Read(string id, AddressBody body)
    {
        if (PhoneNumbers.Canonical(China, body.TelNumber) is not { } phone) return AddressRefusals.BadPhone;
        if (body.NationalCode.Length != RegionDigits || !body.NationalCode.All(char.IsAsciiDigit)
            || body.NationalCode[0] == '0')
            return AddressRefusals.BadRegion;
        return new Address(
            id, body.UserName.Trim(), phone, body.NationalCode, body.ProvinceName.Trim(), body.CityName.Trim(),
            body.CountyName.Trim(), body.DetailInfo.Trim());
    }

    /// <summary>Adds one, the first as the default. The same again changes nothing.</summary>
    public static Decision<AddressBook> Add(AddressBook book, BookedAddress added)
    {
        if (book.Find(added.Address.Id) is { } known)
        {
            return known.Fingerprint == added.Fingerprint
                ? Decision<AddressBook>.Nothing
                : StoredRecord.KeyReused;
        }

        if (book.Items.Count >= AddressesMax) return AddressRefusals.TooMany;
        return Settled([.. book.Items, added], added.IsDefault ? added.Address.Id : DefaultOf(book));
    }

    /// <summary>Puts another in its place. The default stays one until another is made it.</summary>
    public static Decision<AddressBook> Change(AddressBook book, Address address, bool isDefault) =>
        book.Find(address.Id) is null
            ? AddressRefusals.Missing
            : Settled(
                [.. book.Items.Select(item => item.Address.Id == address.Id ? item with { Address = address } : item)],
                isDefault ? address.Id : DefaultOf(book));

    /// <summary>Removes one; if it was the default, the first that is left is.</summary>
    public static Decision<AddressBook> Remove(AddressBook book, string id) => book.Find(id) is null
        ? AddressRefusals.Missing
        : Settled([.. book.Items.Where(item => item.Address.Id != id)], DefaultOf(book));

    /// <summary>Those of an account that has become part of this one come after its own; its default stays.</summary>
    public static Decision<AddressBook> Join(AddressBook book, AddressBook from)
    {
        var others = from.Items.Where(item => book.Find(item.Address.Id) is null).ToArray();
        return others.Length == 0
            ? Decision<AddressBook>.Nothing
            : Settled([.. book.Items, .. others], DefaultOf(book) ?? DefaultOf(from));
    }

    private static string? DefaultOf(AddressBook book) =>
        book.Items.FirstOrDefault(item => item.IsDefault)?.Address.Id;

    private static AddressBook Settled(BookedAddress[] items, string? defaultId)
    {
        var id = Array.Exists(items, item => item.Address.Id == defaultId)
            ? defaultId
            : items.FirstOrDefault()?.Address.Id;
        return new AddressBook([.. items.Select(item => item with { IsDefault = item.Address.Id == id })]);
    }
}
