using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Pond.Kernel;
using Pond.Platform.Http;

namespace Pond.Operators;

/// <summary>
/// ADM-09: reads the access tokens that the brand's Entra ID tenant issues to its people. The keys come from the
/// tenant's OpenID metadata, are kept, and are fetched anew when a token names one that is not among them.
/// </summary>
public sealed partial class OperatorTokens
{
    /// <summary>What the id of such an operator starts with.</summary>
    public const string IdPrefix = "entra-";

    private const string TenantClaim = "tid";
    private const string PersonClaim = "oid";
    private const string RolesClaim = "roles";
    private const string ScopeClaim = "scp"; // no identity token has it, nor one of a program without a person

    /// <summary>How far the clocks of two machines may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(10);

    private static readonly Refusal Unreachable =
        new("operator.sign_in_unavailable", RefusalKind.Unavailable, "暂时无法验证登录，请稍后再试。");

    private static readonly Dictionary<string, OperatorRole> RolesByName =
        Enum.GetValues<OperatorRole>().ToDictionary(ResponseJson.NameOf, StringComparer.Ordinal);

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly ConfigurationManager<OpenIdConnectConfiguration> metadata;
    private readonly TokenValidationParameters checks;
    private readonly OperatorOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<OperatorTokens> log;

    public OperatorTokens(OperatorOptions options, TimeProvider clock, ILogger<OperatorTokens> log)
    {
        (this.options, this.clock, this.log) = (options, clock, log);
        var address = new Uri(new Uri(options.Authority), $"/{options.TenantId}/v2.0");
        metadata = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{address}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(new HttpClient { Timeout = MetadataTimeout })
            {
                RequireHttps = !address.IsLoopback,
            });
        checks = new TokenValidationParameters
        {
            ConfigurationManager = metadata,
            IssuerValidator = (issuer, _, _) => string.Equals(
                issuer, address.ToString(), StringComparison.OrdinalIgnoreCase)
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

        await FetchKeys(cancel);
        var result = await handler.ValidateTokenAsync(token, checks);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt || PersonOf(jwt) is not { } person)
            throw new ProblemException(Refusal.SignInAgain);

        OperatorRole[] roles =
        [
            .. jwt.Claims.Where(claim => claim.Type == RolesClaim && RolesByName.ContainsKey(claim.Value))
                .Select(claim => RolesByName[claim.Value]).Distinct(),
        ];
        return roles.Length > 0
            ? new OperatorCaller(IdPrefix + person, roles)
            : throw new ProblemException(OperatorRefusals.RoleMissing);
    }

    // Without keys every token would look forged, and the console would sign everybody out.
    private async Task FetchKeys(CancellationToken cancel)
    {
        try
        {
            await metadata.GetConfigurationAsync(cancel);
        }
        catch (InvalidOperationException failure) // there are none yet: after the first fetch a failure keeps the old
        {
            NoKeys(failure);
            throw new ProblemException(Unreachable);
        }
    }

    private string? PersonOf(JsonWebToken jwt)
    {
        var isOfTenant = jwt.TryGetClaim(TenantClaim, out var tenant)
            && string.Equals(tenant.Value, options.TenantId, StringComparison.OrdinalIgnoreCase);
        return isOfTenant
            && jwt.TryGetClaim(ScopeClaim, out var scope) && scope.Value.Length > 0
            && jwt.TryGetClaim(PersonClaim, out var person) && Guid.TryParseExact(person.Value, "D", out var id)
            ? id.ToString("D")
            : null;
    }

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters _)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } until && now < until && (notBefore is not { } from || now + ClockSkew >= from);
    }

    [LoggerMessage(LogLevel.Error, "The tenant of the operators does not tell its keys")]
    private partial void NoKeys(Exception failure);
}
