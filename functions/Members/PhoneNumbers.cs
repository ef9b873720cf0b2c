namespace Pond.Members;

/// <summary>AUTH-02: phone numbers in one form, E.164: a plus sign, the country code, the number. Pure.</summary>
public static class PhoneNumbers
{
    /// <summary>Digits of a number, country code included (ITU-T E.164).</summary>
    public const int DigitsMax = 15;

    private const int DigitsMin = 7;
    private const int CountryDigitsMax = 3;
    private const int ChinaDigits = 11;
    private const string China = "86";
    private const string InternationalPrefix = "00";
    private const string Hidden = "****";
    private const int LastDigitsShown = 4;
    private const int FirstDigitsShown = 3;

    /// <summary>The one form of a number that WeChat tells, or null when there is none.</summary>
    /// <param name="countryCode">Such as 86, +86 or 0086.</param>
    /// <param name="number">Without the country code; spaces and hyphens mean nothing.</param>
    public static string? Canonical(string countryCode, string number)
    {
        var country = countryCode.Trim().TrimStart('+');
        if (country.StartsWith(InternationalPrefix, StringComparison.Ordinal))
            country = country[InternationalPrefix.Length..];
        var digits = string.Concat(number.Where(sign => sign is not (' ' or '-')));
        return IsCountry(country) && IsNumber(country, digits) ? $"+{country}{digits}" : null;
    }

    /// <summary>A canonical number as one writes it in China: that of another country keeps its code.</summary>
    public static string Domestic(string canonical) =>
        canonical.StartsWith('+' + China, StringComparison.Ordinal) ? canonical[(1 + China.Length)..] : canonical;

    /// <summary>What may be shown of a canonical number: 138****0000.</summary>
    public static string Masked(string canonical)
    {
        var shown = Domestic(canonical);
        return shown[..FirstDigitsShown] + Hidden + shown[^LastDigitsShown..];
    }

    private static bool IsCountry(string country) =>
        country.Length is > 0 and <= CountryDigitsMax && country.All(char.IsAsciiDigit) && country[0] != '0';

    private static bool IsNumber(string country, string digits) =>
        digits.All(char.IsAsciiDigit)
        && (country == China
            ? digits.Length == ChinaDigits && digits[0] == '1'
            : country.Length + digits.Length is >= DigitsMin and <= DigitsMax && digits.Length >= LastDigitsShown);
}
