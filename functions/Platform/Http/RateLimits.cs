using System.Net;
using System.Threading.RateLimiting;
using Pond.Kernel;

namespace Pond.Platform.Http;

/// <summary>Limits of one process on how often somebody may try something. Memory is bounded: idle counts are dropped.</summary>
public sealed class RateLimit : IDisposable
{
    private static readonly Refusal TooMany =
        new("rate.limited", RefusalKind.TooMany, "操作过于频繁，请稍后再试。");

    private readonly PartitionedRateLimiter<string> limiter;

    /// <param name="perMinute">Tries of one key in a minute, all at once or spread.</param>
    public RateLimit(int perMinute) => limiter = PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perMinute / 60),
            ReplenishmentPeriod = perMinute >= 60 ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(60.0 / perMinute),
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
    /// <param name="trustedProxies">Proxies of ours in front, each of which appends to X-Forwarded-For; what is left of theirs is the caller's own claim and ignored.</param>
    public static string Of(HttpRequest request, int trustedProxies)
    {
        var address = request.HttpContext.Connection.RemoteIpAddress ?? IPAddress.None;
        if (trustedProxies > 0)
        {
            var hops = request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries);
            if (hops.Length >= trustedProxies && IPEndPoint.TryParse(hops[^trustedProxies], out var hop)) address = hop.Address;
        }

        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.Length > 4 ? bytes.AsSpan(0, Ipv6PrefixBytes) : bytes);
    }
}
