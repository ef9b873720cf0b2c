namespace Pond.Coupons;

/// <summary>Settings of redemption codes, section <c>CouponCodes</c>.</summary>
public sealed class CouponCodeOptions
{
    /// <summary>Codes that one network address may type in a minute.</summary>
    public int AttemptsPerAddressPerMinute { get; set; } = 120;

    /// <summary>Codes that one member may type in a minute.</summary>
    public int AttemptsPerMemberPerMinute { get; set; } = 10;

    /// <summary>What is malformed.</summary>
    public IEnumerable<string> Problems()
    {
        if (AttemptsPerAddressPerMinute < 1) yield return "CouponCodes:AttemptsPerAddressPerMinute must be 1 or more.";
        if (AttemptsPerMemberPerMinute < 1) yield return "CouponCodes:AttemptsPerMemberPerMinute must be 1 or more.";
    }
}
