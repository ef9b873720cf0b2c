using System.Buffers.Text;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Pond.Kernel;
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
    private const string RefreshLabel = "pond refresh "; // no access token is ever sealed over such a text

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials signer;
    private readonly TokenValidationParameters checks;
    private readonly List<SymmetricSecurityKey> keys;
    private readonly TimeProvider clock;

    public SessionTokens(SessionOptions options, TimeProvider clock)
    {
        this.clock = clock;
        keys = options.SigningKeys
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

    /// <summary>A new pair of tokens for a session.</summary>
    /// <param name="generation">Of the refresh token: 1 for the first, one more with each refresh.</param>
    public SessionResponse Answer(string memberId, string sessionId, int generation) => new(
        memberId,
        NewAccess(memberId, sessionId),
        (int)AccessLifetime.TotalSeconds,
        NewRefresh(keys[0], memberId, sessionId, generation));

    /// <summary>What a refresh token says: it needs no store to tell one that we issued from one that we did not.</summary>
    /// <exception cref="ProblemException">Not a refresh token of ours.</exception>
    public (string MemberId, string SessionId, int Generation) ReadRefresh(string token)
    {
        if (token.Split(Separator) is [var memberId, var sessionId, var number, _]
            && Ids.IsId(memberId) && Ids.IsId(sessionId)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            && keys.Exists(key => AreEqual(token, NewRefresh(key, memberId, sessionId, generation))))
            return (memberId, sessionId, generation);
        throw new ProblemException(Refusal.SignInAgain);
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
            : throw new ProblemException(Refusal.SignInAgain);
    }

    private string NewAccess(string memberId, string sessionId)
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

    private static string NewRefresh(SymmetricSecurityKey key, string memberId, string sessionId, int generation)
    {
        var body = string.Join(Separator, memberId, sessionId, generation.ToString(CultureInfo.InvariantCulture));
        var seal = HMACSHA256.HashData(key.Key, Encoding.UTF8.GetBytes(RefreshLabel + body));
        return body + Separator + Base64Url.EncodeToString(seal);
    }

    private static bool AreEqual(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters _)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return notBefore is { } from && expires is { } until && now + ClockSkew >= from && now < until;
    }
}
