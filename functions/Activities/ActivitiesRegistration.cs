using Pond.Shares;

namespace Pond.Activities;

/// <summary>What this slice brings into the app.</summary>
internal static class ActivitiesRegistration
{
    public static IServiceCollection AddActivities(this IServiceCollection services)
    {
        services.AddSingleton<ActivityDrafts>().AddSingleton<ActivityPublishing>().AddSingleton<LiveActivities>();
        services.AddShareable(ShareKind.GroupBuy, ActivityKind.GroupBuy);
        services.AddShareable(ShareKind.Bargain, ActivityKind.Bargain);
        services.AddShareable(ShareKind.FlashSale, ActivityKind.FlashSale);
        return services;
    }

    private static void AddShareable(this IServiceCollection services, ShareKind share, ActivityKind kind) =>
        services.AddSingleton<IShareable>(
            all => ActivatorUtilities.CreateInstance<ShareableActivities>(all, share, kind));
}
