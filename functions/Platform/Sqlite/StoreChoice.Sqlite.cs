using Pond.Platform.Queues;
using Pond.Platform.Sqlite;
using Pond.Platform.Storage;

namespace Pond.Platform;

// The embedded store: rows and queues in one file under the data folder.
public static partial class StoreChoice
{
    private const string FileName = "pond.db";

    static partial void AddEmbedded(
        IServiceCollection services,
        IConfiguration configuration,
        StoreUse use,
        ICollection<string> problems,
        ref bool chosen)
    {
        var path = Path.Combine(configuration["Pond:DataPath"] ?? "data", FileName);
        if (use.MustExist && !File.Exists(path)) problems.Add($"There is no store {path}.");
        services.AddSingleton(_ => SqliteDatabase.Open(path));
        services.AddSingleton<PartitionStore, SqlitePartitionStore>();
        services.AddSingleton<WholeStore, SqliteWholeStore>();
        services.AddSingleton<SqliteQueues>();
        services.AddSingleton<MessageQueues>(all => all.GetRequiredService<SqliteQueues>());
        chosen = true;
    }
}
