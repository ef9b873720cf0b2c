using Pond.ExportJobs;

namespace Pond.Referrals;

/// <summary>What this slice brings into the app.</summary>
internal static class ReferralsRegistration
{
    public static IServiceCollection AddReferrals(this IServiceCollection services) =>
        services.AddSingleton<FriendDesk>().AddSingleton<IExportSource, ReviewExport>();
}
