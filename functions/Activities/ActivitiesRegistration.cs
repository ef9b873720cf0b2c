using Pond.Promotions;
using Pond.Shares;

namespace Pond.Activities;

/// <summary>What this slice brings into the app.</summary>
internal static class ActivitiesRegistration
{
    public static IServiceCollection AddActivities(this IServiceCollection services)
    {
        services.AddSingleton<ActivityDrafts>().AddSingleton<ActivityPublishing>().AddSingleton<LiveActivities>();
        services.AddKind(ActivityKind.GroupBuy, ShareKind.GroupBuy, PartKind.GroupBuy);
        services.AddKind(ActivityKind.Bargain, ShareKind.Bargain, PartKind.Bargain);
        services.AddKind(ActivityKind.FlashSale, ShareKind.FlashSale, PartKind.FlashSale);
        return services;
    }

    private static void AddKind(this IServiceCollection services, ActivityKind kind, ShareKind share, PartKind part)
    {
        services.AddSingleton<IShareable>(
            all => ActivatorUtilities.CreateInstance<ShareableActivities>(all, share, kind, part));
        services.AddSingleton<IPromotable>(
            all => ActivatorUtilities.CreateInstance<PromotedActivities>(all, kind, part));
    }
}
