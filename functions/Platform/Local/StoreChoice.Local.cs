using Pond.LocalHost;
using Pond.Platform.Local;

namespace Pond.Platform;

// The local host delivers what the Functions host would.
public static partial class StoreChoice
{
    static partial void AddLocalDelivery(IServiceCollection services) =>
        services.AddSingleton<ITriggerQueues, TriggerQueues>();
}
