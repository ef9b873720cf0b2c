using Pond.Orders;

namespace Pond.FlashSales;

/// <summary>What this slice brings into the app.</summary>
internal static class FlashSalesRegistration
{
    public static IServiceCollection AddFlashSales(this IServiceCollection services) => services
        .AddSingleton<DropCache>().AddSingleton<DropTickets>().AddSingleton<Takers>().AddSingleton<FlashSaleLimits>()
        .AddSingleton<SlotClaims>().AddSingleton<DropOnSlotsLent>().AddSingleton<ClaimOrders>()
        .AddSingleton<ClaimMoves>().AddSingleton<FCodeMint>().AddSingleton<FCodeDesk>()
        .AddSingleton<IDealKeeper, SlotKeeper>();
}
