using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Pond.LocalHost.WeChatSandbox;

/// <summary>A WeChat user of the sandbox.</summary>
/// <param name="UnionId">Null as long as the mini-program is not bound to an Open Platform account.</param>
/// <param name="HighRisk">WeChat blocks the login of such a user.</param>
public sealed record Shopper(string Name, string OpenId, string? UnionId = null, bool HighRisk = false);

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

    private Shopper Change(string name, Func<Shopper, Shopper> change)
    {
        if (!IsName(name))
            throw new ArgumentException($"A name has 1 … {NameCharsMax} characters and none of control.", nameof(name));
        return byName.AddOrUpdate(
            name, _ => change(new(name, OpenIdOf(options.AppId, name))), (_, shopper) => change(shopper));
    }
}
