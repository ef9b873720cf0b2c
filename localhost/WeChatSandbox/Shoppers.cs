using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>A WeChat user of the sandbox.</summary>
/// <param name="UnionId">Null as long as the mini-program is not bound to an Open Platform account.</param>
/// <param name="HighRisk">WeChat blocks the login of such a user.</param>
/// <param name="Phone">The number without the country code, made from the name at first.</param>
public sealed record Shopper(
    string Name,
    string OpenId,
    string Phone,
    string CountryCode = Shopper.ChinaCode,
    string? UnionId = null,
    bool HighRisk = false)
{
    public const string ChinaCode = "86";
}

/// <summary>The users that the sandbox knows: three at first, and everyone who was ever named.</summary>
public sealed class Shoppers
{
    public const int NameCharsMax = 64;

    private const int OpenIdChars = 28;

    private static readonly string[] FirstNames = ["alice", "bob", "carol"];

    private readonly SandboxOptions options;
    private readonly ConcurrentDictionary<string, Shopper> byName = new();

    public Shoppers(SandboxOptions options)
    {
        this.options = options;
        Reset();
    }

    public IReadOnlyList<Shopper> All => [.. byName.Values.OrderBy(shopper => shopper.Name, StringComparer.Ordinal)];

    /// <summary>The user of that name, made when there is none.</summary>
    /// <exception cref="ArgumentException">Not a name.</exception>
    public Shopper Named(string name) => Change(name, shopper => shopper);

    /// <summary>Binds the user to an Open Platform account.</summary>
    public Shopper Bind(string name, string unionId) => Change(name, shopper => shopper with { UnionId = unionId });

    /// <summary>Says whether WeChat holds the user for a danger.</summary>
    public Shopper MarkRisk(string name, bool highRisk) =>
        Change(name, shopper => shopper with { HighRisk = highRisk });

    /// <summary>Gives the user another phone number.</summary>
    /// <param name="phone">Without the country code.</param>
    public Shopper GivePhone(string name, string phone, string countryCode = Shopper.ChinaCode) =>
        Change(name, shopper => shopper with { Phone = phone, CountryCode = countryCode });

    public void Reset()
    {
        byName.Clear();
        foreach (var name in FirstNames)
            Named(name);
    }

    public static bool IsName([NotNullWhen(true)] string? name) =>
        name is { Length: > 0 and <= NameCharsMax } && !name.Any(char.IsControl);

    /// <summary>Of one user and one app always the same; of two apps never.</summary>
    public static string OpenIdOf(string appId, string name) =>
        ("o" + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{appId}\n{name}"))))[..OpenIdChars];

    /// <summary>A mobile number of China that nobody has: 199 00 and six digits of the name's hash.</summary>
    private static string FirstPhoneOf(string name)
    {
        var hash = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(name))) % 1_000_000;
        return "19900" + hash.ToString("D6", CultureInfo.InvariantCulture);
    }

    private Shopper Change(string name, Func<Shopper, Shopper> change)
    {
        if (!IsName(name))
            throw new ArgumentException($"A name has 1 … {NameCharsMax} characters and none of control.", nameof(name));
        return byName.AddOrUpdate(
            name,
            _ => change(new(name, OpenIdOf(options.AppId, name), FirstPhoneOf(name))),
            (_, shopper) => change(shopper));
    }
}
