using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Pond.Tests.Operators;

/// <summary>A tenant on the loopback address: its metadata, its keys, and tokens with real RSA signatures.</summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string TenantId = "aaaaaaaa-0000-4000-8000-000000000001";
    public const string Audience = "aaaaaaaa-0000-4000-8000-000000000002";
    public const string Name = "li.mei@brand.example";
    public const string PersonId = "aaaaaaaa-0000-4000-8000-000000000003";

    private readonly WebApplication app;
    private int fetches;

    private OpenIdProvider(WebApplication app) => this.app = app;

    /// <summary>The key that signs now; the only one that is published.</summary>
    public RsaSecurityKey Key { get; set; } = NewKey("first");

    /// <summary>What it does when it is asked.</summary>
    public ProviderMood Mood { get; set; }

    /// <summary>How often somebody asked for its metadata.</summary>
    public int Fetches => Volatile.Read(ref fetches);

    public string Address => app.Urls.Single();

    public string Issuer => $"{Address}/{TenantId}/v2.0";

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Operators:TenantId"] = TenantId,
        ["Operators:Audience"] = Audience,
        ["Operators:Authority"] = Address,
    };

    public static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };

    public static async Task<OpenIdProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new OpenIdProvider(builder.Build());
        provider.app.MapGet($"/{TenantId}/v2.0/.well-known/openid-configuration", provider.Metadata);
        provider.app.MapGet($"/{TenantId}/discovery/v2.0/keys", () => Results.Json(provider.Keys()));
        await provider.app.StartAsync();
        return provider;
    }

    /// <summary>A token that is in order but for what is changed.</summary>
    /// <param name="claims">Replaces claims; a null takes one away.</param>
    public string Token(
        DateTimeOffset now, string? role = "service", string? issuer = null, string? audience = null,
        SecurityKey? key = null, string algorithm = SecurityAlgorithms.RsaSha256, TimeSpan? lifetime = null,
        string type = "JWT", params (string Name, string? Value)[] claims)
    {
        var all = new Dictionary<string, object>
        {
            ["tid"] = TenantId,
            ["oid"] = PersonId,
            ["scp"] = "operate",
            ["preferred_username"] = Name,
        };
        if (role is not null) all["roles"] = new[] { role };
        foreach (var (name, value) in claims)
        {
            all.Remove(name);
            if (value is not null) all[name] = value;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer,
            Audience = audience ?? Audience,
            TokenType = type,
            NotBefore = now.UtcDateTime,
            Expires = (now + (lifetime ?? TimeSpan.FromHours(1))).UtcDateTime,
            Claims = all,
            SigningCredentials = new SigningCredentials(key ?? Key, algorithm),
        });
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task<IResult> Metadata(CancellationToken hungUp)
    {
        Interlocked.Increment(ref fetches);
        if (Mood is ProviderMood.Silent) await Task.Delay(Timeout.Infinite, hungUp);
        return Mood switch
        {
            ProviderMood.Down => Results.StatusCode(StatusCodes.Status500InternalServerError),
            ProviderMood.Babbling => Results.Text("<html>"),
            ProviderMood.AnotherIssuer => Results.Json(new { issuer = Address, jwks_uri = KeysAddress }),
            _ => Results.Json(new { issuer = Issuer, jwks_uri = KeysAddress }),
        };
    }

    private string KeysAddress => $"{Address}/{TenantId}/discovery/v2.0/keys";

    private object Keys()
    {
        var open = Key.Rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA", use = "sig", kid = Key.KeyId,
                    n = Base64UrlEncoder.Encode(open.Modulus), e = Base64UrlEncoder.Encode(open.Exponent),
                },
            },
        };
    }
}

/// <summary>How a provider answers.</summary>
public enum ProviderMood
{
    Well,

    /// <summary>With a status of 500.</summary>
    Down,

    /// <summary>Never.</summary>
    Silent,

    /// <summary>With what is no metadata.</summary>
    Babbling,

    /// <summary>With the metadata of somebody else.</summary>
    AnotherIssuer,
}
