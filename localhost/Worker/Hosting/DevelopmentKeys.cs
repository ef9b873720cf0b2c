using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Pond.LocalHost;

/// <summary>Makes the secrets that a developer's machine lacks, once: the first start needs no set-up.</summary>
internal static class DevelopmentKeys
{
    private const int KeyBytes = 32;
    private const int KeyIdBytes = 4;
    private const int MerchantKeyBits = 2048;
    private const int ApiV3KeyChars = 32;
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string OperatorKeyPrefix = "pond_";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Configuration for the secrets that are empty, from files under <c>{data}/keys</c>.</summary>
    public static Dictionary<string, string?> Missing(IConfiguration configuration, string dataFolder)
    {
        var keys = Path.Combine(dataFolder, "keys");
        var made = new Dictionary<string, string?>();

        if (IsEmpty("Session:SigningKeys:0:Secret"))
        {
            var secret = Kept(keys, "session-signing.key", Base64Key);
            made["Session:SigningKeys:0:Secret"] = secret;
            if (IsEmpty("Session:SigningKeys:0:Id"))
                made["Session:SigningKeys:0:Id"] = "development-" + Fingerprint(secret);
        }

        if (IsEmpty("PersonalData:MasterKey"))
            made["PersonalData:MasterKey"] = Kept(keys, "personal-data.key", Base64Key);
        if (IsEmpty("PersonalData:IndexKey"))
            made["PersonalData:IndexKey"] = Kept(keys, "personal-data-index.key", Base64Key);
        if (IsEmpty("Operators:BootstrapKey"))
            made["Operators:BootstrapKey"] = Kept(keys, "operator-bootstrap.key", OperatorKey);
        if (IsEmpty("WeChatPay:PrivateKey"))
            made["WeChatPay:PrivateKey"] = Kept(keys, "wechat-pay-merchant.key", MerchantKey);
        if (IsEmpty("WeChatPay:ApiV3Key"))
            made["WeChatPay:ApiV3Key"] = Kept(keys, "wechat-pay-v3.key", ApiV3Key);
        return made;

        bool IsEmpty(string key) => string.IsNullOrEmpty(configuration[key]);
    }

    private static string Base64Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    private static string OperatorKey() =>
        OperatorKeyPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));

    private static string MerchantKey()
    {
        using var key = RSA.Create(MerchantKeyBits);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    private static string ApiV3Key() => RandomNumberGenerator.GetString(Alphabet, ApiV3KeyChars);

    /// <summary>Names a key without giving it away, so that a new key gets a new name.</summary>
    private static string Fingerprint(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)).AsSpan(0, KeyIdBytes));

    private static string Kept(string folder, string fileName, Func<string> make)
    {
        var path = Path.Combine(folder, fileName);
        if (!File.Exists(path)) WriteOnce(path, make());
        return File.ReadAllText(path).Trim();
    }

    /// <summary>Moved into place when whole, so that a second process reads all of the first one's key.</summary>
    private static void WriteOnce(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Environment.ProcessId}";
        var access = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) access.UnixCreateMode = OwnerOnly;
        using (var file = new StreamWriter(draft, access)) file.WriteLine(text);

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft); // another process was first: its key is the one
        }
    }
}
