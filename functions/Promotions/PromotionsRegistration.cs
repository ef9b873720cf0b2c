using Pond.ExportJobs;

namespace Pond.Promotions;

/// <summary>What this slice brings into the app.</summary>
internal static class PromotionsRegistration
{
    public static IServiceCollection AddPromotions(this IServiceCollection services) => services
        .AddSingleton<PromotionDoors>().AddSingleton<PromotionBudgets>().AddSingleton<PromotionParts>()
        .AddSingleton<Audiences>().AddSingleton<IAudience, PlainAudiences>()
        .AddSingleton<IExportSource, PromotionExport>();
}
