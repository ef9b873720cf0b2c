using Pond.Platform.Azure;
using Pond.Platform.Queues;
using Pond.Platform.Storage;

namespace Pond.Platform;

// Azure's Table Storage and Storage Queues, in one account.
public static partial class StoreChoice
{
    static partial void AddAzure(
        IServiceCollection services,
        PondStorageOptions options,
        StoreUse use,
        ICollection<string> problems,
        ref bool chosen)
    {
        chosen = true;
        try
        {
            services.AddSingleton(AzureStorage.Open(options, use));
        }
        catch (FormatException malformed)
        {
            problems.Add(malformed.Message);
            return;
        }

        services.AddSingleton<PartitionStore, AzurePartitionStore>();
        services.AddSingleton<WholeStore, AzureWholeStore>();
        services.AddSingleton<MessageQueues, AzureQueues>();
        services.AddHostedService<StorageCreation>();
    }
}
