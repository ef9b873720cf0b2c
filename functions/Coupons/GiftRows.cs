using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Coupons;

/// <summary>
/// Partition <c>g:{hash of the token}</c>, the row <c>gift</c>: all its ends share the row, so no gift has two.
/// </summary>
public static class GiftRows
{
    public const string Head = "gift";

    /// <summary>The sweep that sends back what nobody has taken.</summary>
    public const string GiftsDue = "coupon-gifts";

    /// <summary>What stands for a token in the store.</summary>
    public static string KeyOf(string token) => Keys.Hash(token);

    public static string Partition(string giftKey) => "g:" + giftKey;

    public static Layout<Gift?, GiftEvent> Gift(string partition) => new(
        partition,
        Head,
        Loads: [],
        Read: rows => rows.Find<Gift>(Head),
        Write: gift => gift is null ? [] : [new StateRow(Head, gift)],
        Evolve: GiftFold.Evolve,
        Announce: Announce,
        Due: gift => gift is { State: GiftState.Open } ? [new Deadline(GiftsDue, gift.Until)] : []);

    private static IEnumerable<Message> Announce(GiftEvent fact)
    {
        if (fact is not GiftEvent.Ended { Gift: var gift } ended) yield break;

        yield return CouponMessages.GiftEnd(new GiftEndedV1(
            gift.FromMemberId, gift.Coupon.Id, gift.Id, IsGiven: gift.State is GiftState.Accepted, ended.At));
        if (gift.ToMemberId is { } friend)
            yield return CouponMessages.Wallet(new CouponClaimedV1(friend, gift.Coupon));
    }
}
