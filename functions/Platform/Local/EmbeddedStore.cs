using Pond.LocalHost;
using Pond.Platform.Queues;
using Pond.Platform.Storage;
using Pond.Platform.Storage.Sqlite;

namespace Pond.Platform.Local;

/// <summary>Wires the embedded store: rows and queues in one file under the data folder.</summary>
public static class EmbeddedStore
{
    private const string FileName = "pond.db";

    public static IServiceCollection AddEmbeddedStore(this IServiceCollection services, IConfiguration configuration)
    {
        var path = Path.Combine(configuration["Pond:DataPath"] ?? "data", FileName);
        services.AddSingleton(_ => SqliteDatabase.Open(path));
        services.AddSingleton<PartitionStore, SqlitePartitionStore>();
        services.AddSingleton<SqliteQueues>();
        services.AddSingleton<MessageQueues>(all => all.GetRequiredService<SqliteQueues>());
        services.AddSingleton<ITriggerQueues, TriggerQueues>();
        return services;
    }
}
