using Pond.Members;
using Pond.Platform;

namespace Pond.Coupons;

/// <summary>
/// CPN-08: the secret that makes a gift the friend's. It follows from the app's secret and the gift, so rows tell none.
/// </summary>
public sealed class GiftTokens(KeyedHashes hashes)
{
    /// <summary>26 characters, so that it fits into the scene of a mini-program code.</summary>
    public string Of(string giftId) => Ids.From(Convert.ToHexString(hashes.Of("coupon-gift", giftId)));
}
