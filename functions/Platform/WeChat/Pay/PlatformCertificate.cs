using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Pond.Platform.WeChat.Pay;

/// <summary>A certificate with which WeChat Pay signs.</summary>
/// <param name="PublicKey">As DER.</param>
public sealed record PlatformCertificate(
    string Serial, byte[] PublicKey, DateTimeOffset EffectiveAt, DateTimeOffset ExpiresAt)
{
    public bool IsValid(DateTimeOffset now) => EffectiveAt <= now && now < ExpiresAt;

    /// <summary>An item of the answer to the download; null when it cannot be opened, or contradicts itself.</summary>
    internal static PlatformCertificate? Read(PayJson item, string apiV3Key)
    {
        if (item.Name("serial_no") is not { } serial
            || item.Time("effective_time") is not { } effectiveAt
            || item.Time("expire_time") is not { } expiresAt
            || item.Part("encrypt_certificate") is not { } sealedPart
            || PayCipher.Open(apiV3Key, sealedPart) is not { } pem
            || PublicKeyOf(Encoding.UTF8.GetString(pem), serial) is not { } key)
            return null;
        return new(serial, key, effectiveAt, expiresAt);
    }

    private static byte[]? PublicKeyOf(string pem, string serial)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            using var rsa = certificate.GetRSAPublicKey();
            return certificate.SerialNumber == serial && rsa?.KeySize >= KeyText.BitsMin
                ? rsa.ExportSubjectPublicKeyInfo()
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
