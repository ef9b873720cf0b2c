namespace Pond.Operators;

/// <summary>Settings of operators, section <c>Operators</c>.</summary>
public sealed class OperatorOptions
{
    /// <summary>Characters of a bootstrap key.</summary>
    public const int BootstrapKeyCharsMin = 32;

    /// <summary>Makes the first operators. Empty once there are some, and with a tenant.</summary>
    public string BootstrapKey { get; set; } = "";

    /// <summary>The Entra ID tenant whose people operate; empty where operators have keys of their own.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>This app's client id there, for which tokens are issued.</summary>
    public string Audience { get; set; } = "";

    /// <summary>Where the tenant is: Entra ID's global service, or that of 21Vianet in China.</summary>
    public string Authority { get; set; } = "https://login.microsoftonline.com";

    /// <summary>Whether operators sign in at a tenant; then no key opens anything.</summary>
    public bool HasTenant => TenantId.Length > 0;

    /// <summary>Who issues the tenant's tokens of version 2; its metadata lies below.</summary>
    public string Issuer => $"{Authority.TrimEnd('/')}/{TenantId}/v2.0";

    /// <summary>Whether the tenant is a stand-in on this machine, which needs no TLS.</summary>
    public bool IsLoopback => new Uri(Authority).IsLoopback;

    /// <summary>What is malformed.</summary>
    public IEnumerable<string> Problems(bool development)
    {
        if (BootstrapKey.Length is > 0 and < BootstrapKeyCharsMin)
            yield return $"Operators:BootstrapKey must have at least {BootstrapKeyCharsMin} characters, or be empty.";
        if (HasTenant && !(Guid.TryParseExact(TenantId, "D", out var tenant) && tenant.ToString("D") == TenantId))
            yield return "Operators:TenantId must be the id of a tenant in lower case, or be empty.";
        if (HasTenant == string.IsNullOrWhiteSpace(Audience))
            yield return "Operators:Audience must name the app if there is an Operators:TenantId, and be empty if not.";
        if (!IsSafe(development))
            yield return "Operators:Authority must be an https address, or in Development one of this machine.";
    }

    private bool IsSafe(bool development) =>
        Uri.TryCreate(Authority, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps
            || (development && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
