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
public sealed record AzureStorage(TableClient Rows, TableClient Commits, QueueServiceClient Queues)
{
    /// <summary>The name of the table, unless a test chooses another.</summary>
    public const string TableName = "PondRows";

    /// <summary>
    /// Tries of a call that may be repeated, after the first; the SDK pauses before each, longer and by chance.
    /// </summary>
    public const int RetriesMax = 2;

    /// <summary>How long one try may take: all of them, and their pauses, fit into the time of one operation.</summary>
    public static readonly TimeSpan TryTimeLimit = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause before another try, give or take a fifth.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>The clients that the settings ask for.</summary>
    /// <exception cref="FormatException">The connection string is none; the message does not tell it.</exception>
    public static AzureStorage Open(PondStorageOptions options, string tableName = TableName)
    {
        try
        {
            return options.ConnectionString is { Length: > 0 } connection
                ? new(
                    new TableServiceClient(connection, Tables(RetriesMax)).GetTableClient(tableName),
                    new TableServiceClient(connection, Tables(retriesMax: 0)).GetTableClient(tableName),
                    new QueueServiceClient(connection, Messages()))
                : WithIdentity(options, tableName);
        }
        catch (Exception malformed)
            when (malformed is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException(
                $"{PondStorageOptions.Section} is no connection string of a storage account.", malformed);
        }
    }

    private static AzureStorage WithIdentity(PondStorageOptions options, string tableName)
    {
        TokenCredential credential = options switch
        {
            { Credential: "" } => new DefaultAzureCredential(),
            { ClientId: "" } => new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned),
            _ => new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(options.ClientId)),
        };
        return new(
            new TableServiceClient(options.TableService, credential, Tables(RetriesMax)).GetTableClient(tableName),
            new TableServiceClient(options.TableService, credential, Tables(retriesMax: 0)).GetTableClient(tableName),
            new QueueServiceClient(options.QueueService, credential, Messages()));
    }

    private static TableClientOptions Tables(int retriesMax) => Bound(new TableClientOptions(), retriesMax);

    private static QueueClientOptions Messages()
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        options.MessageDecodingFailed += AzureQueues.MoveUndecodable;
        return Bound(options, RetriesMax);
    }

    private static T Bound<T>(T options, int retriesMax)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = retriesMax;
        options.Retry.Delay = FirstPause;
        options.Retry.MaxDelay = LongestPause;
        options.Retry.NetworkTimeout = TryTimeLimit;
        options.AddPolicy(ThrottleMeter.Policy, HttpPipelinePosition.PerRetry);
        return options;
    }
}
