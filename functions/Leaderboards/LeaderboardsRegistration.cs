using Pond.ExportJobs;

namespace Pond.Leaderboards;

/// <summary>What this slice brings into the app.</summary>
internal static class LeaderboardsRegistration
{
    public static IServiceCollection AddLeaderboards(this IServiceCollection services) =>
        services.AddSingleton<Rankings>().AddSingleton(HonourRows.Records)
            .AddSingleton<IExportSource, WinnerExport>();
}
