using Pond.Platform;
using Pond.Platform.Storage;

namespace Pond.Orders;

/// <summary>Ids of orders: the time leads, inverted, so that the newest comes first; the rest is chance.</summary>
public static class OrderIds
{
    private const int TimeDigits = 10; // seconds until the year 2286

    /// <param name="seed">A random id.</param>
    public static string Of(DateTimeOffset placedAt, string seed) =>
        Keys.Inverted(placedAt.ToUnixTimeSeconds(), TimeDigits) + seed[..(Ids.IdChars - TimeDigits)];
}
