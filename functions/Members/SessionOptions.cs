using System.Buffers.Text;

namespace Pond.Members;

/// <summary>Settings of sessions, section <c>Session</c>.</summary>
public sealed class SessionOptions
{
    /// <summary>The shortest secret that HS256 may use, RFC 7518 §3.2.</summary>
    public const int SecretBytesMin = 32;

    private const int KeysMax = 2;
    private const string HostsOwnHeader = "X-Forwarded-For";

    /// <summary>
    /// The first signs, all verify. To rotate: add the new key second everywhere, then put it first, then take the
    /// old one away.
    /// </summary>
    public List<SigningKey> SigningKeys { get; set; } = [];

    /// <summary>Logins of one network address in a minute.</summary>
    public int LoginsPerAddressPerMinute { get; set; } = 120;

    /// <summary>Logins of one WeChat user in a minute.</summary>
    public int LoginsPerUserPerMinute { get; set; } = 10;

    /// <summary>
    /// The header in which a proxy of ours says who calls, such as X-Azure-ClientIP; empty when there is none. Only
    /// for an app that nobody reaches past that proxy.
    /// </summary>
    public string ClientAddressHeader { get; set; } = "";

    /// <summary>What is missing or malformed.</summary>
    public IEnumerable<string> Problems()
    {
        if (SigningKeys.Count is 0 or > KeysMax) yield return $"Session:SigningKeys needs 1 … {KeysMax} keys.";
        if (SigningKeys.DistinctBy(key => key.Id).Count() != SigningKeys.Count)
            yield return "Session:SigningKeys: every Id once.";
        for (var i = 0; i < SigningKeys.Count; i++)
        {
            if (SigningKeys[i].Id is "") yield return $"Session:SigningKeys:{i}:Id is missing.";
            if (!IsStrong(SigningKeys[i].Secret))
                yield return $"Session:SigningKeys:{i}:Secret must be base64 of at least {SecretBytesMin} bytes.";
        }

        if (LoginsPerAddressPerMinute < 1) yield return "Session:LoginsPerAddressPerMinute must be 1 or more.";
        if (LoginsPerUserPerMinute < 1) yield return "Session:LoginsPerUserPerMinute must be 1 or more.";
        if (ClientAddressHeader.Equals(HostsOwnHeader, StringComparison.OrdinalIgnoreCase))
            yield return $"Session:ClientAddressHeader must not be {HostsOwnHeader}: the Functions host overwrites it.";
    }

    private static bool IsStrong(string secret) =>
        Base64.IsValid(secret, out var bytes) && bytes >= SecretBytesMin;

    /// <summary>One key; <c>kid</c> names it in a token.</summary>
    public sealed class SigningKey
    {
        public string Id { get; set; } = "";

        /// <summary>Base64 of at least 32 random bytes.</summary>
        public string Secret { get; set; } = "";
    }
}
