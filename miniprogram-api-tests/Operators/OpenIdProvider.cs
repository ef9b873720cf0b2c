using System.Security.Claims;
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
    public const string PersonId = "aaaaaaaa-0000-4000-8000-000000000003";

    private readonly WebApplication app;
    private int fetches;

    private OpenIdProvider(WebApplication app) => this.app = app;

    /// <summary>The key that signs now; the only one that is published.</summary>
    public RsaSecurityKey Key { get; set; } = NewKey("first");

    /// <summary>Whether every fetch is answered with 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often the keys were fetched.</summary>
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
        provider.app.MapGet($"/{TenantId}/v2.0/.well-known/openid-configuration", () => provider.Unless(
            () => new { issuer = provider.Issuer, jwks_uri = $"{provider.Address}/{TenantId}/discovery/v2.0/keys" }));
        provider.app.MapGet($"/{TenantId}/discovery/v2.0/keys", () => provider.Unless(provider.Keys));
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
        var all = new Dictionary<string, object> { ["tid"] = TenantId, ["oid"] = PersonId, ["scp"] = "operate" };
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

    private IResult Unless<T>(Func<T> answer) =>
        IsDown ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Json(answer());

    private object Keys()
    {
        Interlocked.Increment(ref fetches);
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
