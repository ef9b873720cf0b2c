using Pond.Shares;

namespace Pond.Products;

/// <summary>What this slice adds to the app.</summary>
internal static class ProductsRegistration
{
    public static IServiceCollection AddProducts(this IServiceCollection services) => services
        .AddSingleton<ProductCatalogue>().AddSingleton<ProductChanges>()
        .AddSingleton<StockReservations>().AddSingleton<StockSettling>().AddSingleton<StockAdjustments>()
        .AddSingleton<StockAllotments>().AddSingleton<AllotmentStock>().AddSingleton<IShareable, ShareableProducts>()
        .AddSingleton<ImportWork>();
}
