using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;

namespace Pond.Platform.Azure;

/// <summary>The clients of one storage account, each of which bounds its calls.</summary>
/// <param name="Rows">Reads the table of all rows (a batch cannot span tables), and tries again when it fails.</param>
/// <param name="Commits">
/// Writes it and never tries again: the second try of a batch would find the first one's rows, and call a commit a
/// conflict.
/// </param>
/// <param name="Queues">Messages are base64, as the Functions host has them.</param>
/// <param name="CommitTimeLimit">How long a commit may take with all that comes before it, such as a token.</param>
public sealed record AzureStorage(
    TableClient Rows, TableClient Commits, QueueServiceClient Queues, TimeSpan CommitTimeLimit)
{
    /// <summary>The name of the table.</summary>
    public const string TableName = "PondRows";

    /// <summary>
    /// Tries of a call that may be repeated, after the first; the SDK pauses before each, longer and by chance.
    /// </summary>
    public const int RetriesMax = 2;

    /// <summary>The longest pause before another try, give or take a fifth.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private const int CommitTimeLimitInTries = 2;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>The clients that the settings ask for.</summary>
    /// <exception cref="FormatException">The connection string is none; the message does not tell it.</exception>
    public static AzureStorage Open(PondStorageOptions options, StoreUse use)
    {
        try
        {
            return options.ConnectionString is { Length: > 0 } connection
                ? Of(
                    limits => new TableServiceClient(connection, limits),
                    limits => new QueueServiceClient(connection, limits),
                    use)
                : WithIdentity(options, use);
        }
        catch (Exception malformed)
            when (malformed is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException(
                $"{PondStorageOptions.Section} is no connection string of a storage account.", malformed);
        }
    }

    private static AzureStorage WithIdentity(PondStorageOptions options, StoreUse use)
    {
        TokenCredential credential = options switch
        {
            { Credential: "" } => new DefaultAzureCredential(),
            { ClientId: "" } => Managed(ManagedIdentityId.SystemAssigned, use),
            _ => Managed(ManagedIdentityId.FromUserAssignedClientId(options.ClientId), use),
        };
        return Of(
            limits => new TableServiceClient(options.TableService, credential, limits),
            limits => new QueueServiceClient(options.QueueService, credential, limits),
            use);
    }

    // A token is fetched within the call that needs it, and has limits of its own.
    private static ManagedIdentityCredential Managed(ManagedIdentityId identity, StoreUse use) =>
        new(Bound(new ManagedIdentityCredentialOptions(identity), RetriesMax, use));

    private static AzureStorage Of(
        Func<TableClientOptions, TableServiceClient> tables,
        Func<QueueClientOptions, QueueServiceClient> queues,
        StoreUse use)
    {
        var messages = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        messages.MessageDecodingFailed += AzureQueues.MoveUndecodable;
        return new(
            tables(Bound(new TableClientOptions(), RetriesMax, use)).GetTableClient(TableName),
            tables(Bound(new TableClientOptions(), retriesMax: 0, use)).GetTableClient(TableName),
            queues(Bound(messages, RetriesMax, use)),
            CommitTimeLimitInTries * use.TryTimeLimit);
    }

    private static T Bound<T>(T options, int retriesMax, StoreUse use)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = retriesMax;
        options.Retry.Delay = FirstPause;
        options.Retry.MaxDelay = LongestPause;
        options.Retry.NetworkTimeout = use.TryTimeLimit;
        options.AddPolicy(ThrottleMeter.Policy, HttpPipelinePosition.PerRetry);
        return options;
    }
}
