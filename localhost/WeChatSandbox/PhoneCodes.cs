using System.Security.Cryptography;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>The codes of the button <c>getPhoneNumber</c>: each for one user, once, for five minutes.</summary>
public sealed class PhoneCodes(Shoppers shoppers, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int CodeBytes = 32;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (string ShopperName, DateTimeOffset ExpiresAt)> codes = [];

    /// <summary>What a tap on the button does on the shopper's phone.</summary>
    public string Issue(string shopperName)
    {
        var name = shoppers.Named(shopperName).Name;
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(CodeBytes));
        lock (gate)
            codes.Add(code, (name, clock.GetUtcNow() + Lifetime));
        return code;
    }

    /// <summary>Whose it is, or null; only success uses it up.</summary>
    /// <param name="openId">Whose it has to be; null asks nothing.</param>
    internal Shopper? Use(string code, string? openId)
    {
        lock (gate)
        {
            if (!codes.TryGetValue(code, out var issued) || clock.GetUtcNow() >= issued.ExpiresAt)
                return null;
            var shopper = shoppers.Named(issued.ShopperName);
            if (openId is not null && openId != shopper.OpenId)
                return null;
            codes.Remove(code);
            return shopper;
        }
    }

    public void Reset()
    {
        lock (gate)
            codes.Clear();
    }
}
