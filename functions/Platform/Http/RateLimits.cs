using System.Net;
using System.Threading.RateLimiting;
using Pond.Kernel;

namespace Pond.Platform.Http;

/// <summary>
/// Limits of one process on how often somebody may try something. Memory is bounded: idle counts are dropped.
/// </summary>
public sealed class RateLimit : IDisposable
{
    private static readonly Refusal TooMany =
        new("rate.limited", RefusalKind.TooMany, "操作过于频繁，请稍后再试。");

    private readonly PartitionedRateLimiter<string> limiter;

    /// <param name="perMinute">Tries of one key in a minute, all at once or spread.</param>
    public RateLimit(int perMinute)
        : this(perMinute, TimeSpan.FromMinutes(1))
    {
    }

    /// <param name="tries">Of one key in the period, all at once or spread.</param>
    public RateLimit(int tries, TimeSpan period) => limiter = PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = tries,
            TokensPerPeriod = Math.Max(1, (int)(tries / period.TotalSeconds)),
            ReplenishmentPeriod = tries >= period.TotalSeconds ? TimeSpan.FromSeconds(1) : period / tries,
        }));

    /// <exception cref="ProblemException">The key has used up its tries.</exception>
    public void Take(string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired) return;
        lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter);
        throw new ProblemException(TooMany) { RetryAfter = retryAfter };
    }

    public void Dispose() => limiter.Dispose();
}

/// <summary>Tells from where a request comes.</summary>
public static class Addresses
{
    private const int Ipv6PrefixBytes = 8; // one household has a /64, so single addresses of it say nothing

    /// <summary>The caller's address, or its /64 for IPv6.</summary>
    /// <param name="proxyHeader">
    /// The header in which a proxy of ours says who calls; empty for the other end of the connection. Never
    /// X-Forwarded-For: the Functions host writes that end into it, over all that proxies before it said, and the
    /// worker takes it off.
    /// </param>
    public static string Of(HttpRequest request, string proxyHeader)
    {
        var address = Said(request, proxyHeader) ?? request.HttpContext.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.Length > 4 ? bytes.AsSpan(0, Ipv6PrefixBytes) : bytes);
    }

    // Said twice, one of the two is the caller's own claim.
    private static IPAddress? Said(HttpRequest request, string proxyHeader) =>
        proxyHeader.Length > 0 && request.Headers[proxyHeader] is [{ } said] && IPEndPoint.TryParse(said, out var from)
            ? from.Address
            : null;
}
