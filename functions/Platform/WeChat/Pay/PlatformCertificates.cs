using Microsoft.Extensions.Logging;

namespace Pond.Platform.WeChat.Pay;

/// <summary>The platform certificates of WeChat Pay, downloaded when they are needed.</summary>
/// <remarks>
/// Several are good at a time, so that WeChat can change over. They come sealed with the APIv3 key, which only WeChat
/// and the merchant have; the answer is signed with one of them. Source: WeChat Pay APIv3, <c>/v3/certificates</c>.
/// </remarks>
public sealed partial class PlatformCertificates(
    PaySender sender, WeChatPayOptions options, TimeProvider clock, ILogger<PlatformCertificates> log)
{
    /// <summary>After so long they are downloaded again, even if all serials are known.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromHours(12);

    /// <summary>No download sooner after one that went well, whatever serials anybody makes up.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>No download sooner after one that failed.</summary>
    public static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly byte[]? publicKey = options.PublicKeyDer;
    private readonly Lock gate = new();
    private IReadOnlyList<PlatformCertificate> held = [];
    private DateTimeOffset? fetchedAt;
    private DateTimeOffset triedAt;
    private CertificateNews news;
    private Task<CertificateNews>? fetching;

    /// <summary>Whether it is time for another download.</summary>
    public bool AreStale
    {
        get
        {
            lock (gate) return fetchedAt is null || clock.GetUtcNow() >= fetchedAt + Freshness;
        }
    }

    /// <summary>The certificate of that serial, if it is held and good now.</summary>
    public PlatformCertificate? Find(string serial) => Good().FirstOrDefault(each => each.Serial == serial);

    /// <summary>The one that became good last; null when none is.</summary>
    public PlatformCertificate? Newest() => Good().MaxBy(each => each.EffectiveAt);

    /// <summary>Downloads them, unless that was done just now. Callers who come meanwhile wait for the same.</summary>
    public Task<CertificateNews> Refresh(CancellationToken cancel)
    {
        lock (gate)
        {
            if (fetching is null or { IsCompleted: true })
            {
                var pause = news == CertificateNews.Failed ? PauseAfterFailure : Pause;
                if (fetching is not null && clock.GetUtcNow() < triedAt + pause) return Task.FromResult(news);
                triedAt = clock.GetUtcNow();
                fetching = Fetch(); // many wait for it: no one of them may end it
            }

            return fetching.WaitAsync(cancel);
        }
    }

    private async Task<CertificateNews> Fetch()
    {
        await Task.Yield(); // out of the lock
        var request = new PayRequest(
            "certificates", HttpMethod.Get, "/v3/certificates", null, null, WeChatPayRegistration.Certificates);
        var reply = await sender.Send(request, CancellationToken.None);
        var certificates = reply is { IsSuccess: true } ? Read(reply) : [];
        var came = certificates.Count > 0 ? CertificateNews.Came : Nothing(reply);
        lock (gate)
        {
            if (came == CertificateNews.Came) (held, fetchedAt) = (certificates, clock.GetUtcNow());
            return news = came;
        }
    }

    /// <summary>Merchants with nothing but a public key have no certificates, and WeChat says so with a 4xx.</summary>
    private CertificateNews Nothing(PayReply? reply)
    {
        Failed(reply?.Status ?? 0, reply?.RequestId ?? "");
        return reply?.Status is >= 400 and < 500 and not 401 and not 408 and not 429
            ? CertificateNews.None
            : CertificateNews.Failed;
    }

    /// <summary>Opened first, then the whole answer verified with one of them, or with the public key.</summary>
    private List<PlatformCertificate> Read(PayReply reply)
    {
        var now = clock.GetUtcNow();
        var certificates = (PayJson.Parse(reply.Body) ?? PayJson.Empty).Parts("data")
            .Select(item => PlatformCertificate.Read(item, options.ApiV3Key)).OfType<PlatformCertificate>().ToList();
        if (reply.Signature is not { } signature || !signature.IsTimely(now)) return [];
        var key = signature.Serial == options.PublicKeyId
            ? publicKey
            : certificates.Find(each => each.Serial == signature.Serial && each.IsValid(now))?.PublicKey;
        return key is not null && signature.Covers(reply.Body, key) ? certificates : [];
    }

    private IEnumerable<PlatformCertificate> Good()
    {
        var now = clock.GetUtcNow();
        lock (gate) return held.Where(each => each.IsValid(now));
    }

    [LoggerMessage(LogLevel.Warning, "WeChat Pay gives no certificates: HTTP {Status} ({RequestId})")]
    private partial void Failed(int status, string requestId);
}

/// <summary>What came of a download of certificates.</summary>
public enum CertificateNews
{
    Came,

    /// <summary>WeChat says that this merchant has none.</summary>
    None,

    /// <summary>No answer that can be used.</summary>
    Failed,
}
