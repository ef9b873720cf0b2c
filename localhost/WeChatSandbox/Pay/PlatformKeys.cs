using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>What the sandbox signs with: its platform certificates, newest first, and the key that has an id.</summary>
/// <remarks>Of certificates and the key with an id a merchant gets to know one kind, or both while they change.</remarks>
internal sealed class PlatformKeys(TimeProvider clock)
{
    public const string PublicKeyId = "PUB_KEY_ID_0119000000012026010100000000000001";

    public static readonly TimeSpan CertificateLifetime = TimeSpan.FromDays(5 * 365);

    private const int KeyBits = 2048;
    private const int SerialBytes = 20;

    // Keys take long to make, and nothing hangs on their being another sandbox's too.
    private static readonly Lazy<byte[]> FirstKey = new(NewKey);
    private static readonly Lazy<byte[]> KeyWithId = new(NewKey);

    /// <summary>An import takes longer than a signature.</summary>
    private static readonly ConditionalWeakTable<byte[], RSA> Signers = [];

    private readonly Lock gate = new();
    private readonly List<PlatformCertificate> certificates = [];

    /// <summary>Whether the merchant has no certificate at all to verify with.</summary>
    public bool PublicKeyOnly { get; set; }

    /// <summary>Base64 of the DER bytes.</summary>
    public static string PublicKey => Convert.ToBase64String(Imported(KeyWithId.Value).ExportSubjectPublicKeyInfo());

    /// <summary>Newest first.</summary>
    public IReadOnlyList<PlatformCertificate> Certificates
    {
        get
        {
            lock (gate)
            {
                if (certificates.Count == 0)
                    certificates.Add(Issue(FirstKey.Value));
                return [.. certificates];
            }
        }
    }

    /// <summary>A new certificate, which signs from now on; the old ones stay known.</summary>
    public PlatformCertificate Rotate()
    {
        var made = Issue(NewKey());
        lock (gate)
        {
            if (certificates.Count == 0)
                certificates.Add(Issue(FirstKey.Value));
            certificates.Insert(0, made);
        }

        return made;
    }

    /// <summary>Signs with the key that was asked for, or else the newest.</summary>
    /// <returns>The serial of the key, and the signature in base64.</returns>
    public (string Serial, string Signature) Sign(string message, string? askedFor)
    {
        if (askedFor == PublicKeyId || PublicKeyOnly)
            return (PublicKeyId, Sign(KeyWithId.Value, message));
        var known = Certificates;
        var certificate = known.FirstOrDefault(each => each.Serial == askedFor) ?? known[0];
        return (certificate.Serial, Sign(certificate.PrivateKey, message));
    }

    public void Clear()
    {
        lock (gate)
            certificates.Clear();
        PublicKeyOnly = false;
    }

    private PlatformCertificate Issue(byte[] privateKey)
    {
        using var key = Imported(privateKey);
        var name = new X500DistinguishedName("CN=Tenpay.com sign (sandbox), O=Pond sandbox, C=CN");
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)(serial[0] & 0x3F | 0x40); // positive, and all of its forty digits there
        var from = clock.GetUtcNow().AddDays(-1);
        var generator = X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(name, generator, from, from + CertificateLifetime, serial);
        return new(
            certificate.SerialNumber, certificate.ExportCertificatePem(), from, from + CertificateLifetime, privateKey);
    }

    private static byte[] NewKey()
    {
        using var key = RSA.Create(KeyBits);
        return key.ExportPkcs8PrivateKey();
    }

    private static RSA Imported(byte[] privateKey)
    {
        var key = RSA.Create();
        key.ImportPkcs8PrivateKey(privateKey, out _);
        return key;
    }

    private static string Sign(byte[] privateKey, string message)
    {
        var key = Signers.GetValue(privateKey, Imported);
        lock (key)
        {
            return Convert.ToBase64String(
                key.SignData(Encoding.UTF8.GetBytes(message), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
    }
}

/// <param name="Serial">Forty hexadecimal digits.</param>
/// <param name="PrivateKey">PKCS#8.</param>
internal sealed record PlatformCertificate(
    string Serial, string Pem, DateTimeOffset From, DateTimeOffset To, byte[] PrivateKey);
