using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Pond.Platform;
using Pond.Platform.Http;

namespace Pond.Members;

/// <summary>Makes and checks the tokens of a session: a short access token (RFC 7519, RFC 8725) and an opaque refresh token.</summary>
public sealed class SessionTokens
{
    /// <summary>How long an access token lasts.</summary>
    public static readonly TimeSpan AccessLifetime = TimeSpan.FromMinutes(15);

    private const string Issuer = "pond";
    private const string Audience = "pond-miniprogram";
    private const string TokenType = "at+jwt"; // RFC 9068: no other sort of token passes for this one
    private const string SessionClaim = "sid";
    private const char Separator = '.';

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials signer;
    private readonly TokenValidationParameters checks;
    private readonly Ids ids;
    private readonly TimeProvider clock;

    public SessionTokens(SessionOptions options, Ids ids, TimeProvider clock)
    {
        (this.ids, this.clock) = (ids, clock);
        var keys = options.SigningKeys
            .ConvertAll(key => new SymmetricSecurityKey(Convert.FromBase64String(key.Secret)) { KeyId = key.Id });
        signer = new SigningCredentials(keys[0], SecurityAlgorithms.HmacSha256);
        checks = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            ValidTypes = [TokenType],
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            TryAllIssuerSigningKeys = false,
            IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Where(key => key.KeyId == keyId),
            LifetimeValidator = IsAlive,
        };
    }

    /// <summary>A new refresh token for a session, and the hash by which it will be known.</summary>
    public (string Token, string Hash) NewRefresh(string memberId, string sessionId)
    {
        var secret = ids.NextSecret();
        return (string.Join(Separator, memberId, sessionId, secret), HashOf(secret));
    }

    /// <summary>The parts of a refresh token.</summary>
    /// <exception cref="ProblemException">Not a refresh token of ours.</exception>
    public static (string MemberId, string SessionId, string Hash) ReadRefresh(string token)
    {
        var parts = token.Split(Separator);
        var wellFormed = parts.Length == 3
            && Ids.IsId(parts[0]) && Ids.IsId(parts[1])
            && parts[2].Length == Ids.SecretChars && Base64Url.IsValid(parts[2]);
        return wellFormed
            ? (parts[0], parts[1], HashOf(parts[2]))
            : throw new ProblemException(Credentials.SignInAgain);
    }

    public string NewAccess(string memberId, string sessionId)
    {
        var now = clock.GetUtcNow();
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            TokenType = TokenType,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + AccessLifetime).UtcDateTime,
            Subject = new ClaimsIdentity([new(JwtRegisteredClaimNames.Sub, memberId), new(SessionClaim, sessionId)]),
            SigningCredentials = signer,
        });
    }

    /// <summary>Who an access token speaks for.</summary>
    /// <exception cref="ProblemException">Not a token of ours, or not any more.</exception>
    public async Task<(string MemberId, string SessionId)> ReadAccess(string token)
    {
        var result = await handler.ValidateTokenAsync(token, checks);
        return result.IsValid
            && result.SecurityToken is JsonWebToken jwt
            && jwt.TryGetClaim(SessionClaim, out var session)
            && Ids.IsId(jwt.Subject) && Ids.IsId(session.Value)
            ? (jwt.Subject, session.Value)
            : throw new ProblemException(Credentials.SignInAgain);
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters _)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return notBefore is { } from && expires is { } until && until - from <= AccessLifetime
            && now + ClockSkew >= from && now < until;
    }
}

/// <summary>Settings of sessions, section <c>Session</c>.</summary>
public sealed class SessionOptions
{
    /// <summary>The shortest secret that HS256 may use, RFC 7518 §3.2.</summary>
    public const int SecretBytesMin = 32;

    private const int KeysMax = 2;

    /// <summary>The first signs, all verify. To rotate: put the new key first, and take the old one away after a quarter of an hour.</summary>
    public List<SigningKey> SigningKeys { get; set; } = [];

    /// <summary>Logins of one network address in a minute.</summary>
    public int LoginsPerAddressPerMinute { get; set; } = 120;

    /// <summary>Logins of one WeChat user in a minute.</summary>
    public int LoginsPerUserPerMinute { get; set; } = 10;

    /// <summary>Proxies of ours in front of the app, whose X-Forwarded-For is to be believed.</summary>
    public int TrustedProxies { get; set; }

    /// <summary>What is missing or malformed.</summary>
    public IEnumerable<string> Problems()
    {
        if (SigningKeys.Count is 0 or > KeysMax) yield return $"Session:SigningKeys needs 1 … {KeysMax} keys.";
        if (SigningKeys.DistinctBy(key => key.Id).Count() != SigningKeys.Count) yield return "Session:SigningKeys: every Id once.";
        for (var i = 0; i < SigningKeys.Count; i++)
        {
            if (SigningKeys[i].Id is "") yield return $"Session:SigningKeys:{i}:Id is missing.";
            if (!IsStrong(SigningKeys[i].Secret))
                yield return $"Session:SigningKeys:{i}:Secret must be base64 of at least {SecretBytesMin} bytes.";
        }

        if (LoginsPerAddressPerMinute < 1) yield return "Session:LoginsPerAddressPerMinute must be 1 or more.";
        if (LoginsPerUserPerMinute < 1) yield return "Session:LoginsPerUserPerMinute must be 1 or more.";
        if (TrustedProxies < 0) yield return "Session:TrustedProxies must be 0 or more.";
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
