using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>An address as <c>wx.chooseAddress</c> names its parts.</summary>
public sealed record AddressBody
{
    [Text(1, 20)]
    public required string UserName { get; init; }

    /// <summary>A mobile number of China's mainland; kept in the form of E.164.</summary>
    [Text(1, 20)]
    public required string TelNumber { get; init; }

    [Text(1, 30)]
    public required string ProvinceName { get; init; }

    [Text(1, 30)]
    public required string CityName { get; init; }

    [Text(1, 30)]
    public required string CountyName { get; init; }

    [Text(1, 120)]
    public required string DetailInfo { get; init; }

    /// <summary>Six digits, GB/T 2260.</summary>
    [Text(6, 6)]
    public required string NationalCode { get; init; }

    /// <summary>Makes it the default; otherwise the default stays which it is.</summary>
    public bool IsDefault { get; init; }

    /// <summary>An address in a log would be personal data there.</summary>
    public override string ToString() => nameof(AddressBody);
}

/// <summary>An address of the caller's.</summary>
public sealed record AddressResponse(
    string AddressId,
    string UserName,
    string TelNumber,
    string ProvinceName,
    string CityName,
    string CountyName,
    string DetailInfo,
    string NationalCode,
    bool IsDefault)
{
    public static AddressResponse Of(BookedAddress item) => Of(item.Address, item.IsDefault);

    private static AddressResponse Of(Address address, bool isDefault) => new(
        address.Id, address.Name, PhoneNumbers.Domestic(address.Phone), address.Province, address.City,
        address.District, address.Detail, address.RegionCode, isDefault);

    /// <summary>The same.</summary>
    public override string ToString() => nameof(AddressResponse);
}
