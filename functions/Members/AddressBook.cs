using Pond.Kernel;

namespace Pond.Members;

/// <summary>The addresses of a member, one row under the member's key.</summary>
/// <param name="Items">In the order in which they were added; of some, one is the default.</param>
public sealed record AddressBook(IReadOnlyList<BookedAddress> Items)
{
    public static readonly AddressBook Empty = new([]);

    public BookedAddress? Find(string id) => Items.FirstOrDefault(item => item.Address.Id == id);

    /// <summary>Addresses in a log would be personal data there.</summary>
    public override string ToString() => nameof(AddressBook);
}

/// <summary>One of them.</summary>
/// <param name="Fingerprint">Of the request that added it: the same key with another address is refused.</param>
public sealed record BookedAddress(Address Address, bool IsDefault, string Fingerprint)
{
    /// <summary>The same.</summary>
    public override string ToString() => nameof(BookedAddress);
}

/// <summary>Reads and changes the addresses of a member.</summary>
public sealed class AddressBooks(PersonalData people)
{
    internal const string Row = "addresses";

    public async Task<AddressBook> Find(string memberId, CancellationToken cancel) =>
        await people.FindRow<AddressBook>(memberId, Row, cancel) ?? AddressBook.Empty;

    /// <summary>Changes them by a pure rule, whose fact is the book as it is from then on.</summary>
    public Task<Decision<AddressBook>> Change(
        string memberId, Func<AddressBook, Decision<AddressBook>> decide, CancellationToken cancel) =>
        people.ChangeRow<AddressBook>(memberId, Row, book => decide(book ?? AddressBook.Empty), cancel);
}

/// <summary>The "no"s of addresses.</summary>
public static class AddressRefusals
{
    public static readonly Refusal Missing = new("address.missing", RefusalKind.Missing, "没有找到这个收货地址。");
    public static readonly Refusal TooMany = new("address.too_many", RefusalKind.Exhausted, "收货地址已达上限，请先删除不用的地址。");
    public static readonly Refusal BadPhone = new("address.phone", RefusalKind.Invalid, "请填写正确的手机号码。");
    public static readonly Refusal BadRegion = new("address.region", RefusalKind.Invalid, "地区编码须为六位数字。");
}
