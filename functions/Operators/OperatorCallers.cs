using System.Security.Cryptography;
using System.Text;
using Pond.Kernel;
using Pond.Platform;
using Pond.Platform.Http;
using Pond.Platform.Storage;

namespace Pond.Operators;

/// <summary>
/// Tells which operator calls. A key is <c>pond_{operatorId}_{secret}</c>, a person's own, and ends after half a year.
/// Where the settings name a tenant, its tokens take the place of all keys.
/// </summary>
public sealed class OperatorCallers(
    PartitionStore store, OperatorOptions options, OperatorTokens tokens, OperatorNames names, TimeProvider clock)
{
    /// <summary>Who acts with the bootstrap key: it adds and revokes operators, and does nothing else.</summary>
    public const string BootstrapId = "bootstrap";

    private const string KeyPrefix = "pond_";

    /// <summary>A key in the form that <see cref="Require"/> takes.</summary>
    public static string KeyOf(string operatorId, string secret) => $"{KeyPrefix}{operatorId}_{secret}";

    public static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The operator behind the key, whatever their role: for calls that only look.</summary>
    /// <exception cref="ProblemException">No valid key.</exception>
    public Task<OperatorCaller> Require(HttpRequest request, CancellationToken cancel) =>
        Behind(request.Bearer(), cancel);

    /// <summary>The operator behind the key, who must have one of the roles or be an owner.</summary>
    /// <exception cref="ProblemException">No valid key, or none of the roles.</exception>
    public async Task<OperatorCaller> Require(
        HttpRequest request, CancellationToken cancel, params IReadOnlyList<OperatorRole> roles)
    {
        var caller = await Behind(request.Bearer(), cancel);
        if (!caller.Roles.Any(role => role is OperatorRole.Owner || roles.Contains(role)))
            throw new ProblemException(OperatorRefusals.RoleMissing);

        // Before anything that the audit will have by their id.
        if (!HttpMethods.IsGet(request.Method)) await names.Remember(caller, cancel);
        return caller;
    }

    /// <summary>An owner, or who holds the bootstrap key: for calls about operators themselves.</summary>
    /// <exception cref="ProblemException">No valid key, or the operator is no owner.</exception>
    public Task<OperatorCaller> RequireOwner(HttpRequest request, CancellationToken cancel) =>
        IsBootstrap(request.Bearer())
            ? Task.FromResult(new OperatorCaller(BootstrapId, [OperatorRole.Owner], Name: null))
            : Require(request, cancel, []);

    private Task<OperatorCaller> Behind(string credential, CancellationToken cancel) =>
        options.HasTenant ? tokens.Read(credential, cancel) : ByKey(credential, cancel);

    private async Task<OperatorCaller> ByKey(string key, CancellationToken cancel)
    {
        var (id, secret) = Parts(key);
        var one = await store.Find<Operator>(OperatorRows.Partition, OperatorRows.Row(id), cancel);
        var isTheirs = AreEqual(HashOf(secret), one?.KeyHash ?? HashOf(""));
        return one is { RevokedAt: null } && isTheirs && clock.GetUtcNow() < one.ExpiresAt
            ? new OperatorCaller(one.Id, one.Roles, Name: null)
            : throw new ProblemException(Refusal.SignInAgain);
    }

    private bool IsBootstrap(string key) =>
        !options.HasTenant
        && options.BootstrapKey is { Length: > 0 } bootstrap && AreEqual(HashOf(key), HashOf(bootstrap));

    private static (string Id, string Secret) Parts(string key)
    {
        var wellFormed = key.StartsWith(KeyPrefix, StringComparison.Ordinal)
            && key.Length > KeyPrefix.Length + Ids.IdChars + 1
            && Ids.IsId(key.Substring(KeyPrefix.Length, Ids.IdChars));
        return wellFormed
            ? (key.Substring(KeyPrefix.Length, Ids.IdChars), key[(KeyPrefix.Length + Ids.IdChars + 1)..])
            : throw new ProblemException(Refusal.SignInAgain);
    }

    private static bool AreEqual(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b));
}

/// <summary>The operator who calls.</summary>
/// <param name="Name">What the tenant calls them; null without a tenant, where it stands in their row.</param>
public sealed record OperatorCaller(string Id, IReadOnlyList<OperatorRole> Roles, string? Name);
