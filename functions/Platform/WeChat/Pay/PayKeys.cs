namespace Pond.Platform.WeChat.Pay;

/// <summary>The keys with which WeChat Pay signs: a public key of the settings, certificates, or both.</summary>
/// <remarks>A merchant who changes over from certificates to the public key gets both meanwhile.</remarks>
public sealed class PayKeys(PlatformCertificates certificates, WeChatPayOptions options)
{
    private const string PublicKeyStart = "PUB_KEY_ID_";

    private readonly byte[]? publicKey = options.PublicKeyDer;

    /// <summary>The public key of that serial, as DER; null when it is none of WeChat's.</summary>
    /// <exception cref="WeChatPayUnavailableException">Nobody knows now whose it is.</exception>
    public async Task<byte[]?> Find(string serial, CancellationToken cancel)
    {
        if (publicKey is not null && serial == options.PublicKeyId) return publicKey;
        if (serial.StartsWith(PublicKeyStart, StringComparison.Ordinal)) return null; // no download brings these
        if (!certificates.AreStale && certificates.Find(serial) is { } held) return held.PublicKey;
        var news = await certificates.Refresh(cancel);
        if (certificates.Find(serial) is { } found) return found.PublicKey;
        return IsKnowing(news) ? null : throw new WeChatPayUnavailableException();
    }

    /// <summary>Names the key that answers should be signed with.</summary>
    /// <exception cref="WeChatPayUnavailableException">No answer could be verified now.</exception>
    public async Task<string> Preferred(CancellationToken cancel)
    {
        if (publicKey is not null) return options.PublicKeyId;
        if (certificates.AreStale || certificates.Newest() is null) await certificates.Refresh(cancel);
        return certificates.Newest()?.Serial ?? throw new WeChatPayUnavailableException();
    }

    private bool IsKnowing(CertificateNews news) =>
        news == CertificateNews.Came || (news == CertificateNews.None && publicKey is not null);
}

/// <summary>WeChat Pay's certificates cannot be had now: whoever asks for something is to come again.</summary>
/// <remarks>An HTTP answer of 5xx to a notification brings it back later.</remarks>
public sealed class WeChatPayUnavailableException()
    : Exception("WeChat Pay's certificates cannot be downloaded, so nothing of theirs can be verified.");
