using Pond.Orders;

namespace Pond.GroupBuys;

/// <summary>What this slice brings into the app.</summary>
internal static class GroupBuysRegistration
{
    public static IServiceCollection AddGroupBuys(this IServiceCollection services) => services
        .AddSingleton<IDealKeeper, SeatKeeper>().AddSingleton<LateWays>()
        .AddSingleton<GroupOrders>().AddSingleton<GroupViews>();
}
