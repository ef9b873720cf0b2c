using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Pond.Kernel;
using Pond.Platform.Http;

namespace Pond.Operators;

/// <summary>ADM-09: reads the access tokens that the brand's Entra ID tenant issues to its people.</summary>
public sealed class OperatorTokens
{
    /// <summary>What the id of such an operator starts with.</summary>
    public const string IdPrefix = "entra-";

    /// <summary>Characters of a name that are kept.</summary>
    public const int NameCharsMax = 200;

    private const string TenantClaim = "tid";
    private const string PersonClaim = "oid";
    private const string NameClaim = "preferred_username";
    private const string RolesClaim = "roles";
    private const string ScopeClaim = "scp"; // no identity token has it, nor one of a program without a person

    /// <summary>How far the clocks of two machines may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, OperatorRole> RolesByName =
        Enum.GetValues<OperatorRole>().ToDictionary(ResponseJson.NameOf, StringComparer.Ordinal);

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly TokenValidationParameters checks;
    private readonly OperatorOptions options;
    private readonly TenantKeys keys;
    private readonly TimeProvider clock;

    public OperatorTokens(OperatorOptions options, TenantKeys keys, TimeProvider clock)
    {
        (this.options, this.keys, this.clock) = (options, keys, clock);
        checks = new TokenValidationParameters
        {
            IssuerValidator = (issuer, _, _) => issuer == options.Issuer
                ? issuer
                : throw new SecurityTokenInvalidIssuerException("Another issuer."),
            ValidAudience = options.Audience,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidTypes = ["JWT"],
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            TryAllIssuerSigningKeys = false,
            LifetimeValidator = IsAlive,
        };
    }

    /// <summary>Who the token speaks for, with the roles that the tenant gave them.</summary>
    /// <exception cref="ProblemException">
    /// Not a token for this app, a person without any of its roles, or the tenant does not tell its keys.
    /// </exception>
    public async Task<OperatorCaller> Read(string token, CancellationToken cancel)
    {
        if (!handler.CanReadToken(token)) throw new ProblemException(Refusal.SignInAgain);

        var result = await Checked(token, cancel);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt || PersonOf(jwt) is not { } person)
            throw new ProblemException(Refusal.SignInAgain);

        OperatorRole[] roles =
        [
            .. jwt.Claims.Where(claim => claim.Type == RolesClaim && RolesByName.ContainsKey(claim.Value))
                .Select(claim => RolesByName[claim.Value]).Distinct(),
        ];
        return roles.Length > 0
            ? new OperatorCaller(IdPrefix + person, roles, NameOf(jwt))
            : throw new ProblemException(OperatorRefusals.RoleMissing);
    }

    private async Task<TokenValidationResult> Checked(string token, CancellationToken cancel)
    {
        var known = await keys.Present(cancel);
        var result = await handler.ValidateTokenAsync(token, With(known));
        if (result.Exception is not SecurityTokenSignatureKeyNotFoundException) return result;

        var newer = await keys.Renewed(cancel);
        return ReferenceEquals(newer, known) ? result : await handler.ValidateTokenAsync(token, With(newer));
    }

    private TokenValidationParameters With(IEnumerable<SecurityKey> signingKeys)
    {
        var all = checks.Clone();
        all.IssuerSigningKeys = signingKeys;
        return all;
    }

    private string? PersonOf(JsonWebToken jwt)
    {
        var isOfTenant = jwt.TryGetClaim(TenantClaim, out var tenant) && tenant.Value == options.TenantId;
        return isOfTenant
            && jwt.TryGetClaim(ScopeClaim, out var scope) && scope.Value.Length > 0
            && jwt.TryGetClaim(PersonClaim, out var person) && Guid.TryParseExact(person.Value, "D", out var id)
            ? id.ToString("D")
            : null;
    }

    private static string? NameOf(JsonWebToken jwt) =>
        jwt.TryGetClaim(NameClaim, out var name) && name.Value is { Length: > 0 and <= NameCharsMax } text
            ? text
            : null;

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters _)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } until && now < until && (notBefore is not { } from || now + ClockSkew >= from);
    }
}
