using Pond.Orders;
using Pond.Shares;
using Pond.Touches;

namespace Pond.GroupBuys;

/// <summary>What this slice brings into the app.</summary>
internal static class GroupBuysRegistration
{
    public static IServiceCollection AddGroupBuys(this IServiceCollection services) => services
        .AddSingleton<IDealKeeper, SeatKeeper>().AddSingleton<LateWays>()
        .AddSingleton<IShareable, ShareableGroups>().AddSingleton<ITouchSubject, GroupsEndingSoon>()
        .AddSingleton<GroupOrders>().AddSingleton<GroupViews>();
}
