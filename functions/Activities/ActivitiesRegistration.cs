namespace Pond.Activities;

/// <summary>What this slice brings into the app.</summary>
internal static class ActivitiesRegistration
{
    public static IServiceCollection AddActivities(this IServiceCollection services) => services
        .AddSingleton<ActivityDrafts>().AddSingleton<ActivityPublishing>().AddSingleton<LiveActivities>();
}
