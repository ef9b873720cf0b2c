using System.Buffers.Text;
using System.Security.Cryptography;

namespace Pond.Members;

/// <summary>Settings of personal data, section <c>PersonalData</c>.</summary>
public sealed class PersonalDataOptions
{
    /// <summary>Base64 of 32 random bytes; wraps every member's key. Whoever loses it loses every profile.</summary>
    public string MasterKey { get; set; } = "";

    /// <summary>
    /// The one before, while profiles are still wrapped by it; each is wrapped anew when it changes. Empty as a
    /// rule.
    /// </summary>
    public string PreviousMasterKey { get; set; } = "";

    /// <summary>
    /// Base64 of 32 random bytes; turns names of people into index keys, and makes coupon codes. It never changes: with
    /// another key a number could be bound twice, and no code that was handed out would be known any more.
    /// </summary>
    public string IndexKey { get; set; } = "";

    /// <summary>What is missing or malformed.</summary>
    public IEnumerable<string> Problems()
    {
        if (!IsKey(MasterKey)) yield return $"PersonalData:MasterKey must be base64 of {AesBox.KeyBytes} bytes.";
        if (PreviousMasterKey.Length > 0 && !IsKey(PreviousMasterKey))
            yield return $"PersonalData:PreviousMasterKey must be base64 of {AesBox.KeyBytes} bytes, or empty.";
        if (!IsKey(IndexKey)) yield return $"PersonalData:IndexKey must be base64 of {AesBox.KeyBytes} bytes.";
    }

    private static bool IsKey(string text) => Base64.IsValid(text, out var bytes) && bytes == AesBox.KeyBytes;
}

/// <summary>The master keys, by names that do not give them away.</summary>
internal sealed class MasterKeys
{
    private const int IdBytes = 4;

    private readonly Dictionary<string, byte[]> byId = [];

    public MasterKeys(PersonalDataOptions options)
    {
        Current = Convert.FromBase64String(options.MasterKey);
        CurrentId = IdOf(Current);
        byId[CurrentId] = Current;
        if (options.PreviousMasterKey.Length == 0) return;
        var previous = Convert.FromBase64String(options.PreviousMasterKey);
        byId[IdOf(previous)] = previous;
    }

    public byte[] Current { get; }

    public string CurrentId { get; }

    /// <exception cref="CryptographicException">The settings hold no such key.</exception>
    public byte[] Find(string id) =>
        byId.GetValueOrDefault(id) ?? throw new CryptographicException($"There is no master key {id}.");

    private static string IdOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, IdBytes));
}
