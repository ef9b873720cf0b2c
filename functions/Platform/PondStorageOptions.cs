using System.Text.RegularExpressions;

namespace Pond.Platform;

/// <summary>Where rows and messages live in Azure: the setting <c>PondStorage</c>, or a section of that name.</summary>
/// <remarks>
/// The names are those that the Functions host reads for a connection, as the queue triggers name this one too.
/// Nothing of it set means the embedded store.
/// </remarks>
public sealed partial class PondStorageOptions
{
    public const string Section = "PondStorage";

    /// <summary>The one value of <see cref="Credential"/>.</summary>
    public const string ManagedIdentity = "managedidentity";

    /// <summary>With an account key, for Azurite and trials: everybody who reads it owns the data.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>
    /// An account of Azure's public cloud; elsewhere, as in China, its two addresses are set instead.
    /// </summary>
    public string AccountName { get; init; } = "";

    /// <summary>As <c>https://name.table.core.chinacloudapi.cn</c>.</summary>
    public string TableServiceUri { get; init; } = "";

    /// <summary>As <c>https://name.queue.core.chinacloudapi.cn</c>.</summary>
    public string QueueServiceUri { get; init; } = "";

    /// <summary><see cref="ManagedIdentity"/>, or empty for whoever is signed in on this machine.</summary>
    public string Credential { get; init; } = "";

    /// <summary>Which user-assigned identity; empty for the system-assigned one.</summary>
    public string ClientId { get; init; } = "";

    public bool IsSet => ConnectionString.Length > 0 || HasAccount || HasCredential;

    /// <summary>The address of the account's tables.</summary>
    public Uri TableService => new(HasAddresses ? TableServiceUri : $"https://{AccountName}.table.core.windows.net");

    /// <summary>The address of the account's queues.</summary>
    public Uri QueueService => new(HasAddresses ? QueueServiceUri : $"https://{AccountName}.queue.core.windows.net");

    private bool HasAccount => AccountName.Length > 0 || HasAddresses;

    private bool HasAddresses => TableServiceUri.Length > 0 || QueueServiceUri.Length > 0;

    private bool HasCredential => Credential.Length > 0 || ClientId.Length > 0;

    public static PondStorageOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        return new()
        {
            ConnectionString = section.Value ?? "",
            AccountName = section[nameof(AccountName)] ?? "",
            TableServiceUri = section[nameof(TableServiceUri)] ?? "",
            QueueServiceUri = section[nameof(QueueServiceUri)] ?? "",
            Credential = section[nameof(Credential)] ?? "",
            ClientId = section[nameof(ClientId)] ?? "",
        };
    }

    /// <summary>Every contradiction and malformed setting, one sentence each; none of them tells a key.</summary>
    public IEnumerable<string> Problems()
    {
        if (ConnectionString.Length > 0 && (HasAccount || HasCredential))
            yield return $"{Section} is a connection string and a section of settings; it must be one of them.";
        if (ConnectionString.Length == 0 && HasCredential && !HasAccount)
            yield return $"{Section}:{nameof(AccountName)}, or the two addresses in its place, is missing.";
        if (AccountName.Length > 0 && HasAddresses)
            yield return $"{Section}:{nameof(AccountName)} must not stand beside addresses.";
        if (AccountName.Length > 0 && !WellFormedAccount().IsMatch(AccountName))
            yield return $"{Section}:{nameof(AccountName)} must be 3 to 24 small letters and digits.";
        if (HasAddresses && !IsAddress(TableServiceUri))
            yield return $"{Section}:{nameof(TableServiceUri)} must be an https address.";
        if (HasAddresses && !IsAddress(QueueServiceUri))
            yield return $"{Section}:{nameof(QueueServiceUri)} must be an https address.";
        if (Credential is not ("" or ManagedIdentity))
            yield return $"{Section}:{nameof(Credential)} must be {ManagedIdentity}, or not be set.";
        if (ClientId.Length > 0 && (Credential != ManagedIdentity || !Guid.TryParse(ClientId, out _)))
            yield return $"{Section}:{nameof(ClientId)} must be a UUID, beside a credential of {ManagedIdentity}.";
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps;

    [GeneratedRegex(@"^[a-z0-9]{3,24}\z")]
    private static partial Regex WellFormedAccount();
}
