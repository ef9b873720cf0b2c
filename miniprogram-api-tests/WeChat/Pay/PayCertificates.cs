using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Pond.Tests.WeChat.Pay;

/// <summary>A platform certificate, and who signs with it.</summary>
internal sealed record IssuedCertificate(
    PayPlatform Platform, string Pem, DateTimeOffset EffectiveAt, DateTimeOffset ExpiresAt);

/// <summary>Issues platform certificates, and writes the answer that brings them.</summary>
internal sealed class PayCertificates(string apiV3Key)
{
    public IssuedCertificate Issue(
        string serial, RSA? key = null, DateTimeOffset? effectiveAt = null, DateTimeOffset? expiresAt = null)
    {
        key ??= RSA.Create(2048);
        var (from, to) = (effectiveAt ?? PayVectors.Moment.AddDays(-1), expiresAt ?? PayVectors.Moment.AddYears(5));
        var name = new X500DistinguishedName("CN=Tenpay.com sign (tests)");
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var generator = X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(name, generator, from, to, Convert.FromHexString(serial));
        return new(new(key, serial, apiV3Key), certificate.ExportCertificatePem(), from, to);
    }

    /// <summary>The body of the answer, not signed yet.</summary>
    public static byte[] Download(params IssuedCertificate[] certificates) => PayPlatform.Bytes(new JsonObject
    {
        ["data"] = new JsonArray(
        [
            .. certificates.Select(each => new JsonObject
            {
                ["serial_no"] = each.Platform.Serial,
                ["effective_time"] = Time(each.EffectiveAt),
                ["expire_time"] = Time(each.ExpiresAt),
                ["encrypt_certificate"] = each.Platform.Seal(Encoding.UTF8.GetBytes(each.Pem), "certificate"),
            }),
        ]),
    });

    private static string Time(DateTimeOffset instant) =>
        instant.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:sszzz");
}
