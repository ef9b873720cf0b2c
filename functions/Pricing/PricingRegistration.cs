using Pond.Promotions;

namespace Pond.Pricing;

/// <summary>What this slice brings into the app.</summary>
internal static class PricingRegistration
{
    public static IServiceCollection AddPricing(this IServiceCollection services, PricingOptions options) => services
        .AddSingleton(options).AddSingleton<QuoteTokens>().AddSingleton<QuoteDesk>().AddSingleton<PromotionUses>()
        .AddSingleton<DealPrices>().AddSingleton<IPromotable, PromotedPrices>();
}
